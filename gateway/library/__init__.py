"""What hosts write: publishing, the library of each, drafts."""

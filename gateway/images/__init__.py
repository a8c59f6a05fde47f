"""Pictures of questions: made small and harmless in a process of their own, kept, served for ever."""

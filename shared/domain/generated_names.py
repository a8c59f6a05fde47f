"""Nicknames that Quizline gives, for sessions where nobody shall choose one: "Brave Otter"."""

import hashlib
from collections.abc import Iterator

_TRAIT_WORDS = """
Able Agile Amber Apt Arctic Bold Brave Bright Brisk Calm Candid Cheerful Clever Coral Cosmic Crisp Curious
Daring Dapper Eager Early Fair Fleet Fond Fresh Gentle Glad Golden Grand Happy Hardy Honest Humble Ideal Jolly
Jovial Keen Kind Lively Loyal Lucky Lunar Mellow Merry Mighty Neat Nimble Noble Orderly Patient Polite Proud
Quick Quiet Rapid Ready Robust Rosy Royal Silver Smart Snowy Solar Sprightly Steady Stellar Sunny Swift Tidy
Trusty Upbeat Vivid Warm Wise Witty Zesty
"""
_ANIMAL_WORDS = """
Alpaca Badger Bat Bear Beaver Bison Bobcat Camel Caribou Cheetah Condor Crane Cricket Curlew Deer Dolphin Dove
Eagle Egret Elk Falcon Ferret Finch Flamingo Fox Gazelle Gecko Gibbon Goose Hare Hawk Hedgehog Heron Ibex Ibis
Impala Jackdaw Jaguar Kestrel Kingfisher Kite Koala Lark Lemur Leopard Lion Llama Lynx Magpie Marmot Marten
Mole Moose Newt Nightingale Ocelot Orca Osprey Otter Owl Panda Panther Pelican Penguin Petrel Plover Puffin
Puma Quail Rabbit Raven Robin Salmon Seal Sparrow Squirrel Starling Stork Swallow Swan Tapir Tiger Toucan
Turtle Walrus Weasel Whale Wolf Wombat Wren Yak Zebra
"""
_TRAITS = tuple(_TRAIT_WORDS.split())
_ANIMALS = tuple(_ANIMAL_WORDS.split())
PLAIN_TRIES = 8
NUMBERED_TRIES = 24


def generated_nicknames(seed: str) -> Iterator[str]:
    """Names for whoever `seed` stands for, always the same ones; the later ones carry a number, to be free."""
    for attempt in range(PLAIN_TRIES + NUMBERED_TRIES):
        digest = hashlib.sha256(f"{seed}/{attempt}".encode()).digest()
        name = f"{_TRAITS[digest[0] % len(_TRAITS)]} {_ANIMALS[digest[1] % len(_ANIMALS)]}"
        yield name if attempt < PLAIN_TRIES else f"{name} {int.from_bytes(digest[2:4], 'big') % 1_000}"

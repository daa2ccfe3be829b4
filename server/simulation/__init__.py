"""The rules of the game, pure: integers and seeds only, twin of static/game/sim."""

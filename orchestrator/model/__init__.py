"""What the words of docs/words.md mean as data: frozen, typed, standard library only, arithmetic at most."""

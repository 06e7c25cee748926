"""Publishing: what the company has to say goes out once, on time, and is proven.

The way of a post, in order: `compose` saves post and versions; `gate` asks the rules; `approve` binds a
yes to the hash of the content; `schedule` sets the time; `publish` sends what is due; `settle` clears up
what is unsure; `amend` edits or deletes on the network; `measure` collects figures. `hold` stops it all.
"""

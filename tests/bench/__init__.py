"""What the stages and the server take, beside named peers. It measures and asserts nothing."""

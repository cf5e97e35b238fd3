mod cases;
mod mutations;
mod sample;

mod cases;
mod mutations;
mod sample;
mod whole;

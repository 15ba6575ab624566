//! `ContentCodingLayer` around the layer of tower-http that compresses.

mod allocations;
mod application;
mod content;
mod http2;
mod octets;
mod parts;
mod properties;
mod reading;
mod refused;
mod writing;

#!/bin/sh
# Makes the test keys that are missing here and leaves the others alone: golden hashes of
# certificates hang on the committed keys. Run it in this folder. The names: see ../README.md.
set -eu
header='TEST KEY - NEVER USE FOR A REAL CERTIFICATE'

make_key() { # NAME, then arguments of openssl genpkey
  name=$1
  shift
  [ -e "$name.pem" ] && return
  { printf '%s\n%s: committed to a public repository on purpose (project shinsa)\n' "$header" "$name"
    openssl genpkey "$@"; } >"$name.pem"
}

for letter in a b c d; do make_key "rsa-2048-$letter" -algorithm RSA -pkeyopt rsa_keygen_bits:2048; done
make_key rsa-3072-a -algorithm RSA -pkeyopt rsa_keygen_bits:3072
make_key rsa-4096-a -algorithm RSA -pkeyopt rsa_keygen_bits:4096
make_key rsa-1024-weak -algorithm RSA -pkeyopt rsa_keygen_bits:1024
make_key rsa-2047-weak -algorithm RSA -pkeyopt rsa_keygen_bits:2047
make_key rsa-2052-odd -algorithm RSA -pkeyopt rsa_keygen_bits:2052
make_key p256-a -algorithm EC -pkeyopt ec_paramgen_curve:P-256
make_key p256-b -algorithm EC -pkeyopt ec_paramgen_curve:P-256
make_key p384-a -algorithm EC -pkeyopt ec_paramgen_curve:P-384
make_key p521-a -algorithm EC -pkeyopt ec_paramgen_curve:P-521
make_key ed25519-a -algorithm ED25519
make_key root-rsa -algorithm RSA -pkeyopt rsa_keygen_bits:3072
make_key intermediate-p256 -algorithm EC -pkeyopt ec_paramgen_curve:P-256

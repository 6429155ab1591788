//! Numbers that everybody knows.

/// The modulus of the key of this server: 2,048 bits, hexadecimal.
pub(super) const MODULUS: &[u8] = b"\
a0705d01be0299f18d60cefa857feba48c710bb41b7bcd29eb1e379595b6ea0f\
1b276386be7926ce98ff0a44ac30f502c2dbd3c00e2bf9cbdcb1fc8064e0ad1d\
af9c72365ee48151132fdf5e95bbe0131715210cd5be2e49b1e04f874d73a877\
c37108267ce3539a4aa3f63e197ef7d9b767875ce51d39e04f9148f381a117fe\
b3497a2f73be7cb95d2182327b2a1671e929acc77c3b49d638089c9639a13c8c\
3d149bdffb56c71617a4c0ea66167f5993f0db1753f4c719f137dda9bf6ce7d8\
dc76da6e7e77bbd792eea3c55cd42c654ab8117caf7d2ba6e379e68c5253154d\
ed77bd993d29428e1c761a2332d782dfa4d15fe9db1ebeb73f175cf269d4c6f9";

/// The secret exponent of the key of this server. A key for tests that is printed here protects nothing, and must not.
pub(super) const SECRET: &[u8] = b"\
020a3bb61c75afcecfc37c4172361b146e09eb224707957423e4e32a3e71fd0e\
17843232784e22a715a387bc97ff808fa086da6d82a09eb7962b7e63b7f17232\
0f55ab0280922e3b27c6332795d39c38deb7c3f583eb6f3bd60c770001b867a7\
defbce719fa318ba8967061b3708605bcbd34cab379c9138b96d7962e33ef73a\
04f56f2ad1b1a9c9e539a9d8c0f2b2fee3d2981dcca6e62135f91b6468ba8c7d\
94420b2f2a73b120a5bbb23d2e667e1487c77549c2be74ccde6abb11b335565a\
ea124af9de70a23f17c17d3d61b8ca5bcc22e414f2aa18872b2d88946779ea4c\
6649c12f4ee2b1c49efd3ba456ca7d7dc8c1717ecabe4a18678f8ae5678b96a3";

/// The public exponent of the key of this server.
pub(super) const EXPONENT: u32 = 65537;

/// The public key as clients take it: PKCS #1 in PEM.
pub(super) const PEM: &str = "\
-----BEGIN RSA PUBLIC KEY-----
MIIBCgKCAQEAoHBdAb4CmfGNYM76hX/rpIxxC7Qbe80p6x43lZW26g8bJ2OGvnkm
zpj/CkSsMPUCwtvTwA4r+cvcsfyAZOCtHa+ccjZe5IFREy/fXpW74BMXFSEM1b4u
SbHgT4dNc6h3w3EIJnzjU5pKo/Y+GX732bdnh1zlHTngT5FI84GhF/6zSXovc758
uV0hgjJ7KhZx6Smsx3w7SdY4CJyWOaE8jD0Um9/7VscWF6TA6mYWf1mT8NsXU/TH
GfE33am/bOfY3Hbabn53u9eS7qPFXNQsZUq4EXyvfSum43nmjFJTFU3td72ZPSlC
jhx2GiMy14LfpNFf6dsevrc/F1zyadTG+QIDAQAB
-----END RSA PUBLIC KEY-----
";

/// The safe prime with which Telegram makes keys: clients know it and check it quickly.
pub(super) const PRIME: &[u8] = b"\
c71caeb9c6b1c9048e6c522f70f13f73980d40238e3e21c14934d037563d930f\
48198a0aa7c14058229493d22530f4dbfa336f6e0ac925139543aed44cce7c37\
20fd51f69458705ac68cd4fe6b6b13abdc9746512969328454f18faf8c595f64\
2477fe96bb2a941d5bcd1d4ac8cc49880708fa9b378e3c4f3a9060bee67cf9a4\
a4a695811051907e162753b56b0f6b410dba74d8a84b2a14b3144e0ef1284754\
fd17ed950d5965b4b9dd46582db1178d169c6bc465b0d6ff9ca3928fef5b9ae4\
e418fc15e83ebea0f87fa9ff5eed70050ded2849f47bf959d956850ce929851f\
0d8115f635b105ee2e4e15d04b2454bf6f4fadf034b10403119cd8e3b92fcc5b";

/// A generator that fits it.
pub(super) const GENERATOR: i32 = 3;

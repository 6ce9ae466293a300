namespace SmartCity.SecurityCheck.Cryptography;

/// <summary>
/// The S-box of GM/T 0002-2012 through the field of AES: S(x) = Outer·(Inner·x + InnerConstant)⁻¹ + OuterConstant, where the inverse is that
/// of GF(2^8) modulo x^8 + x^4 + x^3 + x + 1 with 0⁻¹ = 0. Matrices are written as GFNI takes them: byte 7-i holds the row of bit i.
/// </summary>
internal static class Sm4Affine
{
    public const ulong Inner = 0x34ac259e022dbc52;
    public const byte InnerConstant = 0x65;
    public const ulong Outer = 0xd72d8e511e6c8b19;
    public const byte OuterConstant = 0xd3;
}

namespace SmartCity.SecurityCheck.Cryptography;

/// <summary>The two writings of an SM2 ciphertext: C1 || C3 || C2 (GB/T 32918.4-2016) and SM2Cipher in DER (GM/T 0009-2012 clause 7.2).</summary>
public static class Sm2Ciphertext
{
    /// <returns>C1 || C3 || C2 with C1 as 04 || X || Y.</returns>
    /// <exception cref="DerRejectedException">Not such a structure.</exception>
    public static byte[] FromDer(ReadOnlySpan<byte> der) => Sm2Cipher.Decode(der);

    /// <param name="raw">C1 || C3 || C2, longer than C1 and C3.</param>
    public static byte[] ToDer(ReadOnlySpan<byte> raw) => Sm2Cipher.Encode(raw);
}

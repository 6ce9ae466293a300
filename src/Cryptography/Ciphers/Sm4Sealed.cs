namespace SmartCity.SecurityCheck.Cryptography;

/// <summary>What an authenticated mode produces.</summary>
/// <param name="Ciphertext">As long as the plaintext.</param>
/// <param name="Tag">16 bytes.</param>
public sealed record Sm4Sealed(byte[] Ciphertext, byte[] Tag);

namespace SmartCity.SecurityCheck.Cryptography;

/// <summary>What became of one signature.</summary>
public enum Sm2SignatureVerdict
{
    /// <summary>It signs this content under this key and identification.</summary>
    Valid,

    /// <summary>Well formed, but of another content, key or identification.</summary>
    Mismatch,

    /// <summary>Not a signature at all: another length or encoding, or r or s outside [1, n-1].</summary>
    Malformed,
}

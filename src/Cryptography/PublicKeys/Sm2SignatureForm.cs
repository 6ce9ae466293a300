namespace SmartCity.SecurityCheck.Cryptography;

/// <summary>How r and s of a signature are written down.</summary>
public enum Sm2SignatureForm
{
    /// <summary>SEQUENCE { r INTEGER, s INTEGER } in strict DER, 8 to 72 bytes (GM/T 0009-2012 clause 7.3).</summary>
    Der,

    /// <summary>r || s, 32 bytes each, big-endian.</summary>
    Raw,
}

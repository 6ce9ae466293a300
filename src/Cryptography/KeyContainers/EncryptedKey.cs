using System.Formats.Asn1;

namespace SmartCity.SecurityCheck.Cryptography;

/// <summary>EncryptedPrivateKeyInfo (RFC 5958 §3) and its scheme (RFC 8018 §6, RFC 7292 §C).</summary>
internal static class EncryptedKey
{
    private const string Pbes2 = "1.2.840.113549.1.5.13";
    private const string JavaKeyProtector = "1.3.6.1.4.1.42.2.17.1.1";

    /// <param name="outer">Inside of the SEQUENCE; at its algorithm.</param>
    /// <returns>Null where it is another structure.</returns>
    public static KeyContainer? TryRead(AsnReader outer)
    {
        var algorithm = outer.ReadSequence();
        if (!algorithm.HasData || !algorithm.PeekTag().HasSameClassAndValue(Asn1Tag.ObjectIdentifier) || !outer.HasData || outer.PeekTag() != Asn1Tag.PrimitiveOctetString)
        {
            return null;
        }

        var oid = algorithm.ReadObjectIdentifier();
        var content = outer.ReadOctetString();
        return oid switch
        {
            Pbes2 => ReadPbes2(algorithm.ReadSequence(), content),
            JavaKeyProtector => Encrypted("Java KeyProtector", "SHA-1", null) with { WhyNoTrial = "口令随密钥库一起尝试" },
            _ when Pkcs12Scheme.NameOf(oid) is { } name => ReadOldScheme(oid, name, algorithm, content),
            _ => null,
        };
    }

    private static KeyContainer ReadPbes2(AsnReader parameters, byte[] content)
    {
        var derivation = parameters.ReadSequence();
        var kdf = derivation.ReadObjectIdentifier();
        var encryption = parameters.ReadSequence();
        var cipherOid = encryption.ReadObjectIdentifier();
        var cipher = KeyCipher.Find(cipherOid);
        if (kdf == "1.3.6.1.4.1.11591.4.11")
        {
            var scrypt = derivation.ReadSequence();
            scrypt.ReadEncodedValue();
            return Encrypted("scrypt", cipher?.Name ?? cipherOid, (long)System.Numerics.BigInteger.Min(scrypt.ReadInteger(), long.MaxValue)) with { WhyNoTrial = "不尝试 scrypt 的口令" };
        }

        if (Pbkdf2Parameters.TryRead(kdf, derivation) is not { } pbkdf2)
        {
            return Encrypted(kdf, cipher?.Name ?? cipherOid, null) with { WhyNoTrial = $"不认识密钥派生 {kdf}" };
        }

        var bare = Encrypted(pbkdf2.Name, cipher?.Name ?? cipherOid, pbkdf2.Iterations);
        if (cipher is null || !pbkdf2.CanDerive || !encryption.HasData || encryption.PeekTag() != Asn1Tag.PrimitiveOctetString)
        {
            return bare with { WhyNoTrial = $"不能解开 {bare.Kdf} 与 {bare.Cipher}" };
        }

        return bare with { Check = new Pbes2Check(pbkdf2, cipher, encryption.ReadOctetString(), content) };
    }

    private static KeyContainer ReadOldScheme(string oid, string name, AsnReader algorithm, byte[] content)
    {
        var parameters = algorithm.ReadSequence();
        var salt = parameters.ReadOctetString();
        var iterations = (long)System.Numerics.BigInteger.Min(parameters.ReadInteger(), long.MaxValue);
        var bare = Encrypted(name.StartsWith("PBES1", StringComparison.Ordinal) ? "PBKDF1" : "PKCS12-KDF", name, iterations);
        return Pkcs12Scheme.TripleDesKeyBytes(oid) is { } size
            ? bare with { Check = new TripleDesCheck(salt, iterations, size, content) }
            : bare with { WhyNoTrial = $"不尝试 {name} 的口令" };
    }

    private static KeyContainer Encrypted(string kdf, string cipher, long? iterations) =>
        new() { Format = KeyContainerFormat.Pkcs8, IsClear = false, Kdf = kdf, Cipher = cipher, Iterations = iterations };
}

using System.Formats.Asn1;
using System.Numerics;

namespace SmartCity.SecurityCheck.Cryptography;

/// <summary>What a SubjectPublicKeyInfo (RFC 5280 §4.1.2.7) holds.</summary>
public sealed class SubjectKey
{
    internal const string RsaOid = "1.2.840.113549.1.1.1";
    internal const string RsaPssOid = "1.2.840.113549.1.1.10";
    internal const string DsaOid = "1.2.840.10040.4.1";

    private SubjectKey(ReadOnlyMemory<byte> spki, string algorithmOid, ReadOnlyMemory<byte> value)
    {
        Spki = spki;
        AlgorithmOid = algorithmOid;
        Value = value;
        Algorithm = CertificateAlgorithms.KeyName(algorithmOid);
    }

    /// <summary>SubjectPublicKeyInfo in DER.</summary>
    public ReadOnlyMemory<byte> Spki { get; }

    public string AlgorithmOid { get; }

    /// <summary>RSA, RSA-PSS, ECDSA, SM2, Ed25519, Ed448, DSA, ML-DSA-44 …, or an object identifier.</summary>
    public string Algorithm { get; private init; }

    /// <summary>P-256, P-384, SM2 …, or an object identifier; null for keys without a curve.</summary>
    public string? Curve { get; private init; }

    /// <summary>Modulus or field size in bits; null where the algorithm has none or is unknown.</summary>
    public int? Bits { get; private init; }

    /// <summary>Public exponent of RSA; null for other keys.</summary>
    public BigInteger? Exponent { get; private init; }

    /// <summary>Why the key behind the algorithm could not be read, for people; null where it was, or where the algorithm is unknown.</summary>
    public string? Problem { get; private init; }

    /// <summary>Content of subjectPublicKey: a point, an RSAPublicKey, raw bytes.</summary>
    internal ReadOnlyMemory<byte> Value { get; }

    internal BigInteger Modulus { get; private init; }

    internal string? CurveOid { get; private init; }

    /// <summary>True for the same key, whatever the encoding of its parameters.</summary>
    public bool IsSameAs(SubjectKey other) => Value.Span.SequenceEqual(other.Value.Span) && Algorithm == other.Algorithm && Curve == other.Curve;

    /// <param name="spki">DER that <see cref="DerGuard"/> admitted.</param>
    /// <exception cref="AsnContentException">Not even an algorithm and a bit string.</exception>
    public static SubjectKey Read(ReadOnlyMemory<byte> spki)
    {
        var outer = new AsnReader(spki, AsnEncodingRules.DER).ReadSequence();
        var algorithm = outer.ReadSequence();
        var bare = new SubjectKey(spki, algorithm.ReadObjectIdentifier(), outer.ReadBitString(out _));
        try
        {
            return bare.AlgorithmOid switch
            {
                RsaOid => bare.AsRsa("RSA"),
                RsaPssOid => bare.AsRsa("RSA-PSS"),
                DsaOid => bare.With("DSA", null, null, algorithm.HasData ? BitsOf(algorithm.ReadSequence().ReadInteger()) : null),
                Sm2.EcPublicKeyOid => bare.OnCurve(algorithm.ReadObjectIdentifier()),
                _ => bare,
            };
        }
        catch (AsnContentException)
        {
            return new SubjectKey(spki, bare.AlgorithmOid, bare.Value) { Problem = "公钥结构与其算法不符" };
        }
    }

    private SubjectKey AsRsa(string name)
    {
        var pair = new AsnReader(Value, AsnEncodingRules.DER).ReadSequence();
        var (modulus, exponent) = (pair.ReadInteger(), pair.ReadInteger());
        return new SubjectKey(Spki, AlgorithmOid, Value)
        {
            Algorithm = name,
            Bits = BitsOf(modulus),
            Exponent = exponent,
            Modulus = modulus,
            Problem = modulus.Sign > 0 && exponent.Sign > 0 ? null : "RSA 模数或指数不是正数",
        };
    }

    private SubjectKey OnCurve(string oid)
    {
        var (name, bits) = CertificateAlgorithms.Curve(oid);
        return With(oid == Sm2.CurveOid ? "SM2" : "ECDSA", name, oid, bits);
    }

    private SubjectKey With(string algorithm, string? curve, string? curveOid, int? bits) =>
        new(Spki, AlgorithmOid, Value) { Algorithm = algorithm, Curve = curve, CurveOid = curveOid, Bits = bits };

    private static int BitsOf(BigInteger value) => (int)BigInteger.Abs(value).GetBitLength();
}

using System.Formats.Asn1;
using System.Numerics;

namespace SmartCity.SecurityCheck.Probes.Tls;

/// <summary>What a SubjectPublicKeyInfo (RFC 5280 §4.1.2.7) holds.</summary>
/// <param name="Algorithm">See <see cref="PresentedCertificate.KeyAlgorithm"/>.</param>
/// <param name="Curve">Null for keys without a curve.</param>
/// <param name="Bits">Null where the algorithm has no such size or is unknown.</param>
internal sealed record SubjectKey(string Algorithm, string? Curve, int? Bits)
{
    private const string EcPublicKeyOid = "1.2.840.10045.2.1";
    private const string RsaOid = "1.2.840.113549.1.1.1";
    private const string RsaPssOid = "1.2.840.113549.1.1.10";
    private const string DsaOid = "1.2.840.10040.4.1";

    /// <param name="spki">DER that <c>DerGuard</c> admitted.</param>
    /// <exception cref="AsnContentException">Not such a structure.</exception>
    public static SubjectKey Read(ReadOnlyMemory<byte> spki)
    {
        var outer = new AsnReader(spki, AsnEncodingRules.DER).ReadSequence();
        var algorithm = outer.ReadSequence();
        var oid = algorithm.ReadObjectIdentifier();
        var bits = outer.ReadBitString(out _);
        return oid switch
        {
            RsaOid => new SubjectKey("RSA", null, FirstIntegerBits(bits)),
            RsaPssOid => new SubjectKey("RSA-PSS", null, FirstIntegerBits(bits)),
            DsaOid => new SubjectKey("DSA", null, algorithm.HasData ? IntegerBits(algorithm.ReadSequence()) : null),
            EcPublicKeyOid => OfCurve(algorithm.ReadObjectIdentifier()),
            _ => new SubjectKey(CertificateAlgorithms.KeyName(oid), null, null),
        };
    }

    private static SubjectKey OfCurve(string oid)
    {
        var (name, bits) = CertificateAlgorithms.Curve(oid);
        return new SubjectKey(oid == Cryptography.Sm2.CurveOid ? "SM2" : "ECDSA", name, bits);
    }

    private static int FirstIntegerBits(byte[] key) => IntegerBits(new AsnReader(key, AsnEncodingRules.DER).ReadSequence());

    private static int IntegerBits(AsnReader sequence) =>
        (int)new BigInteger(sequence.ReadIntegerBytes().Span, isUnsigned: false, isBigEndian: true).GetBitLength();
}

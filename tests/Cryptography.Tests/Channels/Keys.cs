using System.Formats.Asn1;

namespace SmartCity.SecurityCheck.Cryptography.Tests;

internal static class Keys
{
    public static Sm2PrivateKey OfScalar(ReadOnlySpan<byte> d) => Sm2PrivateKey.ImportPkcs8(Sm2PrivateKeyEncoding.WritePkcs8(d, Sm2.DerivePublicPoint(d)));

    public static Sm2PublicKey OfCertificate(byte[] der)
    {
        var tbs = new AsnReader(der, AsnEncodingRules.DER).ReadSequence().ReadSequence();
        for (var skipped = 0; skipped < 6; skipped++)
        {
            tbs.ReadEncodedValue();
        }

        return Sm2PublicKey.ImportSpki(tbs.ReadEncodedValue().Span);
    }
}

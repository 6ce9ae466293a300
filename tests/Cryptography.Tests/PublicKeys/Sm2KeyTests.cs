using System.Formats.Asn1;
using System.Numerics;
using System.Security.Cryptography;

namespace SmartCity.SecurityCheck.Cryptography.Tests;

public sealed class Sm2KeyTests
{
    private static readonly BigInteger Order = BigInteger.Parse(
        "0FFFFFFFEFFFFFFFFFFFFFFFFFFFFFFFF7203DF6B21C6052B53BBF40939D54123", System.Globalization.NumberStyles.HexNumber);

    [Fact]
    public void A_generated_key_survives_export_and_import()
    {
        using var key = Sm2PrivateKey.Generate();
        using var fromDer = Sm2PrivateKey.ImportPkcs8(key.ExportPkcs8());
        using var fromPem = Sm2PrivateKey.ImportPem("前言\n" + key.ExportPkcs8Pem());
        Assert.Equal(key.PublicKey, fromDer.PublicKey);
        Assert.Equal(key.PublicKey, fromPem.PublicKey);
        Assert.Equal(key.PublicKey, Sm2PublicKey.ImportSpki(key.PublicKey.ExportSpki()));
        Assert.Equal(key.PublicKey, Sm2PublicKey.ImportPem(key.PublicKey.ExportPem()));
        Assert.Equal(Convert.ToHexStringLower(Sm3.HashData(key.PublicKey.ExportSpki())), key.PublicKey.Fingerprint);
        Assert.Equal(91, key.PublicKey.ExportSpki().Length);
    }

    [Fact]
    public void The_key_pair_of_GBT_32918_5_belongs_together()
    {
        var d = Convert.FromHexString("3945208F7B2144B13F36E38AC6D39F95889393692860B51A42FB81EF4DF7C5B8");
        using var key = Sm2PrivateKey.ImportPkcs8(Pkcs8(d));
        Assert.Equal(
            "0409F9DF311E5421A150DD7D161E4BC5C672179FAD1833FC076BB08FF356F35020"
            + "CCEA490CE26775A52DC6EA718CC1AA600AED05FBF35E084A6632F6072DA9AD13",
            Convert.ToHexString(key.PublicKey.ExportPoint()));
    }

    [Fact]
    public void The_signature_of_GBT_32918_5_verifies_as_DER_and_raw()
    {
        var key = Sm2PublicKey.FromPoint(Convert.FromHexString(
            "0409F9DF311E5421A150DD7D161E4BC5C672179FAD1833FC076BB08FF356F35020"
            + "CCEA490CE26775A52DC6EA718CC1AA600AED05FBF35E084A6632F6072DA9AD13"));
        var raw = Convert.FromHexString(
            "F5A03B0648D2C4630EEAC513E1BB81A15944DA3827D5B74143AC7EACEEE720B3"
            + "B1B6AA29DF212FD8763182BC0D421CA1BB9038FD1F7F42D4840B69C485BBC1AA");
        Assert.True(key.VerifyRaw("message digest"u8, raw));
        Assert.False(key.VerifyRaw("message digest"u8, raw.AsSpan(0, 63)));
        Assert.False(key.VerifyRaw("message digest"u8, new byte[64]));
        Assert.False(key.VerifyRaw("message digesT"u8, raw));
    }

    [Fact]
    public void A_private_key_outside_1_to_n_minus_2_is_refused()
    {
        foreach (var d in new[] { BigInteger.Zero, Order - 1, Order, Order + 1, (BigInteger.One << 256) - 1 })
        {
            Assert.Throws<CryptographicException>(() => Sm2PrivateKey.ImportPkcs8(Pkcs8(Bytes(d))));
        }

        foreach (var d in new[] { BigInteger.One, Order - 2 })
        {
            using var key = Sm2PrivateKey.ImportPkcs8(Pkcs8(Bytes(d)));
            Assert.True(key.PublicKey.Verify("abc"u8, key.Sign("abc"u8)));
        }
    }

    [Fact]
    public void A_private_key_with_the_public_key_of_another_is_refused()
    {
        using var one = Sm2PrivateKey.Generate();
        using var other = Sm2PrivateKey.Generate();
        var encoded = one.ExportPkcs8();
        other.PublicKey.ExportPoint().CopyTo(encoded.AsSpan(encoded.Length - 65));
        Assert.Throws<CryptographicException>(() => Sm2PrivateKey.ImportPkcs8(encoded));
    }

    [Fact]
    public void Points_off_the_curve_or_in_another_form_are_refused()
    {
        using var key = Sm2PrivateKey.Generate();
        var point = key.PublicKey.ExportPoint();
        Assert.Throws<CryptographicException>(() => Sm2PublicKey.FromPoint(point.AsSpan(0, 64)));
        Assert.Throws<CryptographicException>(() => Sm2PublicKey.FromPoint([0]));
        Assert.Throws<CryptographicException>(() => Sm2PublicKey.FromPoint([2, .. point[1..33]]));
        Assert.Throws<CryptographicException>(() => Sm2PublicKey.FromPoint([6, .. point[1..]]));
        Assert.Throws<CryptographicException>(static () => Sm2PublicKey.FromPoint([4, .. new byte[64]]));
        Assert.Throws<CryptographicException>(static () => Sm2PublicKey.FromPoint([4, .. Enumerable.Repeat((byte)0xff, 64)]));
        point[64] ^= 1;
        Assert.Throws<CryptographicException>(() => Sm2PublicKey.FromPoint(point));
    }

    [Fact]
    public void A_text_without_the_wanted_section_is_refused()
    {
        using var key = Sm2PrivateKey.Generate();
        Assert.Throws<CryptographicException>(() => Sm2PrivateKey.ImportPem(key.PublicKey.ExportPem()));
        Assert.Throws<CryptographicException>(() => Sm2PublicKey.ImportPem(key.ExportPkcs8Pem()));
        Assert.Throws<CryptographicException>(static () => Sm2PublicKey.ImportPem(new string('-', 2_000_000)));
    }

    [Fact]
    public void A_disposed_key_does_not_sign()
    {
        var key = Sm2PrivateKey.Generate();
        key.Dispose();
        Assert.Throws<ObjectDisposedException>(() => key.Sign("abc"u8));
        Assert.Throws<ObjectDisposedException>(() => key.ExportPkcs8());
    }

    private static byte[] Bytes(BigInteger value)
    {
        var bytes = new byte[32];
        var significant = value.ToByteArray(isUnsigned: true, isBigEndian: true);
        significant.CopyTo(bytes.AsSpan(32 - significant.Length));
        return bytes;
    }

    private static byte[] Pkcs8(byte[] d)
    {
        var inner = new AsnWriter(AsnEncodingRules.DER);
        using (inner.PushSequence())
        {
            inner.WriteInteger(1);
            inner.WriteOctetString(d);
        }

        var writer = new AsnWriter(AsnEncodingRules.DER);
        using (writer.PushSequence())
        {
            writer.WriteInteger(0);
            using (writer.PushSequence())
            {
                writer.WriteObjectIdentifier("1.2.840.10045.2.1");
                writer.WriteObjectIdentifier(Sm2.CurveOid);
            }

            writer.WriteOctetString(inner.Encode());
        }

        return writer.Encode();
    }
}

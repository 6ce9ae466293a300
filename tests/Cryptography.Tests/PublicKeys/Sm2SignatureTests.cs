using System.Text;
using System.Text.Json;
using Org.BouncyCastle.Asn1.GM;
using Org.BouncyCastle.Crypto.Parameters;
using Org.BouncyCastle.Crypto.Signers;

namespace SmartCity.SecurityCheck.Cryptography.Tests;

public sealed class Sm2SignatureTests
{
    [Fact]
    public void Every_malformed_signature_is_rejected_and_the_valid_one_accepted()
    {
        using var document = JsonDocument.Parse(File.ReadAllText(Fixture.Path("sm2-der-malformed.json")));
        var root = document.RootElement;
        var key = Sm2PublicKey.FromPoint(Convert.FromHexString(
            "04" + root.GetProperty("publicKeyX").GetString() + root.GetProperty("publicKeyY").GetString()));
        var message = Encoding.ASCII.GetBytes(root.GetProperty("msgAscii").GetString()!);
        var userId = Encoding.ASCII.GetBytes(root.GetProperty("userId").GetString()!);

        var cases = root.GetProperty("tests").EnumerateArray().ToList();
        Assert.Equal(57, cases.Count);
        var digest = Convert.FromHexString(root.GetProperty("digest_ZM_SM3").GetString()!);
        Assert.Equal(digest, new Sm2VerificationKey(key, userId).Digest(message));
        var contents = new List<Sm2SignedContent>();
        foreach (var c in cases)
        {
            var signature = Convert.FromHexString(c.GetProperty("sig").GetString()!);
            var valid = c.GetProperty("result").GetString() == "valid";
            var name = $"case {c.GetProperty("id")}: {c.GetProperty("comment").GetString()}";
            Assert.True(valid == key.Verify(message, signature, userId), name);

            // From a while on the key works with its comb.
            var prepared = new Sm2VerificationKey(key, userId);
            Assert.True(valid == (prepared.Verify(message, signature) == Sm2SignatureVerdict.Valid), name);
            Assert.True(valid == (prepared.VerifyDigest(digest, signature) == Sm2SignatureVerdict.Valid), name);
            contents.Add(Sm2SignedContent.OfMessage(prepared, message, signature));
            contents.Add(Sm2SignedContent.OfDigest(prepared, digest, signature));
        }

        Assert.Equal(2, Sm2SignatureBatch.Verify(contents).Count(static v => v == Sm2SignatureVerdict.Valid));
    }

    [Fact]
    public void Many_signatures_in_a_row_through_one_key_object_all_verify()
    {
        using var key = Sm2PrivateKey.Generate();
        var message = new byte[40];
        for (var i = 0; i < 20; i++)
        {
            message[0] = (byte)i;
            var signature = key.Sign(message);
            Assert.True(key.PublicKey.Verify(message, signature));
            Assert.True(key.PublicKey.Verify(message, signature, Sm2.DefaultUserId.Span));
            Assert.False(key.PublicKey.Verify(message, signature, "ALICE123@YAHOO.COM"u8));
            Assert.True(key.PublicKey.VerifyRaw(message, key.SignRaw(message)));
            message[1] ^= 1;
            Assert.False(key.PublicKey.Verify(message, signature));
        }
    }

    [Fact]
    public void The_library_signer_forgets_the_identity_after_one_use()
    {
        // Why Sm2 makes a new signer per call. When a newer library version ends this, the test says so.
        using var key = Sm2PrivateKey.Generate();
        var signature = key.SignRaw("abc"u8);
        var curve = GMNamedCurves.GetByName("sm2p256v1");
        var domain = new ECDomainParameters(curve.Curve, curve.G, curve.N, curve.H);
        var parameters = new ECPublicKeyParameters(curve.Curve.DecodePoint(key.PublicKey.ExportPoint()), domain);
        var signer = new SM2Signer(PlainDsaEncoding.Instance);
        signer.Init(forSigning: false, new ParametersWithID(parameters, Sm2.DefaultUserId.ToArray()));

        signer.BlockUpdate("abc"u8.ToArray(), 0, 3);
        Assert.True(signer.VerifySignature(signature));
        signer.BlockUpdate("abc"u8.ToArray(), 0, 3);
        Assert.False(signer.VerifySignature(signature));
    }

    [Fact]
    public void A_user_identification_beyond_16_bits_of_length_is_refused()
    {
        using var key = Sm2PrivateKey.Generate();
        var longest = new byte[Sm2.MaxUserIdBytes];
        Assert.True(key.PublicKey.Verify("abc"u8, key.Sign("abc"u8, longest), longest));
        Assert.Throws<ArgumentException>(() => key.Sign("abc"u8, new byte[Sm2.MaxUserIdBytes + 1]));
    }
}

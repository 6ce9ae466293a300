using System.Formats.Asn1;
using System.Numerics;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using SmartCity.SecurityCheck.Cryptography;
using SmartCity.SecurityCheck.Model;
using SmartCity.SecurityCheck.TestKit;

namespace SmartCity.SecurityCheck.Probes.CommercialCrypto.Tests;

public sealed class SignatureTrialTests
{
    private static readonly BareSigner Signer = new(new SeededBytes(1).Take(32));
    private static readonly byte[] Message = "申请编号 2026-0001"u8.ToArray();
    private static readonly byte[] Random = new SeededBytes(2).Take(32);

    [Fact]
    public void Every_writing_of_a_signature_is_decided_as_five_other_implementations_decide_it()
    {
        using var cases = JsonDocument.Parse(File.ReadAllBytes(SampleLook.Fixture("RecordSignatures", "signature-encodings.json")));
        var root = cases.RootElement;
        var key = Convert.ToHexString(Sm2PublicKey.FromPoint(Convert.FromHexString(root.GetProperty("publicKey").GetString()!)).ExportPoint());
        var verifier = new RecordVerifier(Settings(root.GetProperty("userId").GetString()!));
        var message = Encoding.ASCII.GetBytes(root.GetProperty("message").GetString()!);
        var decided = root.GetProperty("signatures").EnumerateArray().Select(s => (
            Name: s.GetProperty("name").GetString()!,
            Holds: s.GetProperty("holds").GetBoolean(),
            State: verifier.Decide(message, Convert.FromHexString(s.GetProperty("signature").GetString()!), key, null, thorough: true).State)).ToList();
        Assert.Equal(57, decided.Count);
        Assert.All(decided, d => Assert.True(d.Holds == (d.State == RowState.Verified), $"{d.Name}: {d.State}"));
    }

    [Fact]
    public void What_was_signed_instead_is_named()
    {
        byte[] Z(string id) => Signer.PublicKey.IdentityHash(Encoding.ASCII.GetBytes(id));
        byte[] Over(byte[] z, byte[] content) => Signer.Sign(Sm3.HashData([.. z, .. content]), Random);
        var digest = Sm3.HashData(Message);
        const string usual = "1234567812345678";
        Assert.Equal(new SignatureFit(SignedContent.Message, SignatureForm.Raw, usual, true), Fit(Over(Z(usual), Message)));
        Assert.Equal(new SignatureFit(SignedContent.Digest, SignatureForm.Raw, usual, true), Fit(Over(Z(usual), digest)));
        Assert.Equal(new SignatureFit(SignedContent.DigestText, SignatureForm.Raw, usual, true), Fit(Over(Z(usual), Encoding.ASCII.GetBytes(Convert.ToHexStringLower(digest)))));
        Assert.Equal(new SignatureFit(SignedContent.Message, SignatureForm.Raw, "", false), Fit(Over(Z(""), Message)));
        Assert.Equal(new SignatureFit(SignedContent.WithoutIdentity, SignatureForm.Raw, null, false), Fit(Signer.Sign(digest, Random)));
        Assert.Equal(new SignatureFit(SignedContent.OtherHash, SignatureForm.Raw, usual, false), Fit(Signer.Sign(SHA256.HashData([.. Z(usual), .. Message]), Random)));
        Assert.Equal(new SignatureFit(SignedContent.Message, SignatureForm.Raw, usual, false), new SignatureTrial("ALICE123"u8.ToArray()).Run(Signer.PublicKey, Message, Over(Z(usual), Message), thorough: true));
        Assert.Equal(new SignatureFit(SignedContent.Message, SignatureForm.Raw, "ALICE123", true), new SignatureTrial("ALICE123"u8.ToArray()).Run(Signer.PublicKey, Message, Over(Z("ALICE123"), Message), thorough: true));
    }

    [Fact]
    public void How_a_signature_is_written_instead_is_named()
    {
        byte[] raw;
        var random = new SeededBytes(3);
        do
        {
            raw = Signer.Sign(Sm3.HashData([.. Signer.PublicKey.IdentityHash("1234567812345678"u8), .. Message]), random.Take(32));
        }
        while (raw[0] < 0x80);

        byte[] Reversed(int from) => [.. raw.AsSpan(from, 32).ToArray().Reverse()];
        var writer = new AsnWriter(AsnEncodingRules.DER);
        using (writer.PushSequence())
        {
            writer.WriteInteger(new BigInteger(raw.AsSpan(0, 32), isUnsigned: false, isBigEndian: true));
            writer.WriteInteger(new BigInteger(raw.AsSpan(32), isUnsigned: false, isBigEndian: true));
        }

        byte[] strict = Sm2Signature.Encode(raw);
        Assert.Equal(SignatureForm.Der, Fit(strict)?.Form);
        Assert.Equal(SignatureForm.LooseDer, Fit([0x30, 0x81, .. strict[1..]])?.Form);
        Assert.Equal(SignatureForm.NegativeDer, Fit(writer.Encode())?.Form);
        Assert.Equal(SignatureForm.Swapped, Fit([.. raw[32..], .. raw[..32]])?.Form);
        Assert.Equal(SignatureForm.LittleEndian, Fit([.. Reversed(0), .. Reversed(32)])?.Form);
        Assert.Equal(SignatureForm.EncodedTwice, Fit(Encoding.ASCII.GetBytes(Convert.ToHexStringLower(raw)))?.Form);
        Assert.Null(Fit([.. raw[..63], (byte)(raw[63] ^ 1)]));
        Assert.Null(Fit(new SeededBytes(9).Take(64)));
    }

    /// <summary>Seen in 46 of 100,000 signed records.</summary>
    [Theory]
    [InlineData("0xDz")]
    [InlineData("0XAz")]
    public void Base64_that_begins_like_a_hexadecimal_number_is_base64(string beginning)
    {
        byte[] signature = [.. Convert.FromBase64String(beginning), .. new SeededBytes(4).Take(61)];
        Assert.Equal(signature, SignatureText.Decode(Convert.ToBase64String(signature), out _));
        Assert.Equal(signature, SignatureText.Decode("0x" + Convert.ToHexString(signature), out _));
    }

    private static SignatureFit? Fit(byte[] signature) => new SignatureTrial(null).Run(Signer.PublicKey, Message, signature, thorough: true);

    private static SignatureSettings Settings(string userId) => SignatureSettings.Of(SampleLook.Sample(CryptoSampleKind.Signature, "x", ("userId", userId)));
}

using System.Text;
using SmartCity.SecurityCheck.Cryptography;
using SmartCity.SecurityCheck.TestKit;

namespace SmartCity.SecurityCheck.Probes.ElectronicArchives.Tests;

/// <summary>Signatures of PDF files are verified to the end; each mutation has its own answer.</summary>
public sealed class PdfSignatureTests
{
    private static readonly byte[] Plain = SampleContents.Pdf("甲");
    private static readonly byte[] Signed = PdfForge.Sign(Plain, PdfForge.Sm2);

    [Fact]
    public void An_sm2_signature_holds_to_its_root()
    {
        var one = Assert.Single(Look(Signed));
        Assert.Null(one.Trouble);
        Assert.Equal(0, one.BytesAfter);
        Assert.All(one.Checks.Where(c => c.Step is not (SealStep.Timestamp or SealStep.SignerRevocation)), c => Assert.Equal((c.Step, SealOutcome.Holds), (c.Step, c.Outcome)));
        Assert.Equal(SealOutcome.NoRoots, Outcome(PdfSignatures.Of(Signed, SealTrust.None, default)[0], SealStep.SignerChain));
    }

    [SkippableTheory]
    [InlineData(true)]
    [InlineData(false)]
    public void What_openssl_signed_holds_and_fails_with_another_byte(bool isRsa)
    {
        Skip.If(RequiredTool.IsMissing("openssl"));
        var signed = PdfForge.Sign(Plain, c => PdfForge.OpenSsl(c, isRsa ? ForgedKey.Rsa() : ForgedKey.Ecdsa()), "adbe.pkcs7.detached");
        var one = Assert.Single(Look(signed));
        Assert.Equal((SealOutcome.Holds, SealOutcome.Holds), (Outcome(one, SealStep.DataHash), Outcome(one, SealStep.SignerSignature)));
        Assert.Equal(SealOutcome.Fails, Outcome(Look(Changed(signed, "595", "596"))[0], SealStep.DataHash));
    }

    [SkippableTheory]
    [InlineData("adbe.pkcs7.detached", "-keyopt", "rsa_padding_mode:pss")]
    [InlineData("adbe.pkcs7.detached", "-keyopt", "rsa_padding_mode:pss", "-keyopt", "rsa_mgf1_md:sha512", "-md", "sha384")]
    [InlineData("ETSI.CAdES.detached", "-keyid", "-cades")]
    [InlineData("adbe.pkcs7.sha1", "-nodetach")]
    [InlineData("adbe.pkcs7.sha1", "-nodetach", "-noattr", "-md", "sha1")]
    [InlineData("adbe.pkcs7.sha1", "-nodetach", "-indef", "-stream")]
    public void Other_ways_of_openssl_hold_and_fail_with_another_byte(string filter, params string[] options)
    {
        Skip.If(RequiredTool.IsMissing("openssl"));
        byte[] Value(byte[] content) => PdfForge.OpenSsl(filter == "adbe.pkcs7.sha1" ? SealHashes.Of("SHA1", content)! : content, ForgedKey.Rsa(), options);
        var signed = PdfForge.Sign(Plain, Value, filter);
        var one = Assert.Single(Look(signed));
        Assert.True(one.Trouble is null && one.Checks.All(c => c.Outcome is not (SealOutcome.Fails or SealOutcome.Undecided)), $"{one.Trouble}{string.Join('\n', one.Checks)}");
        Assert.Equal(SealOutcome.Holds, Outcome(one, SealStep.SignerSignature));
        Assert.Equal(filter == "adbe.pkcs7.sha1", one.Checks.Any(c => c.WeakHash == "SHA-1"));
        var changed = Assert.Single(Look(Changed(signed, "595", "596")));
        Assert.Contains(changed.Checks, c => c is { Step: SealStep.DataHash or SealStep.SignerSignature, Outcome: SealOutcome.Fails });
        var forged = Assert.Single(Look(PdfForge.Sign(Plain, c => Flipped(Value(c)), filter)));
        Assert.DoesNotContain(forged.Checks, c => c is { Step: SealStep.SignerSignature, Outcome: SealOutcome.Holds });
    }

    [Fact]
    public void A_message_of_open_length_is_read_to_its_end()
    {
        // What the outermost element holds, behind a length that is left open.
        byte[] Open(byte[] content) => PdfForge.Sm2(content) is [0x30, 0x82, _, _, .. var inside] ? [0x30, 0x80, .. inside, 0, 0] : throw new InvalidDataException();
        var one = Assert.Single(Look(PdfForge.Sign(Plain, Open)));
        Assert.Equal((null, SealOutcome.Holds, SealOutcome.Holds), (one.Trouble, Outcome(one, SealStep.DataHash), Outcome(one, SealStep.SignerSignature)));
        var cut = Assert.Single(Look(PdfForge.Sign(Plain, c => Open(c)[..^40])));
        Assert.True(cut.Trouble is not null || Outcome(cut, SealStep.SignerSignature) != SealOutcome.Holds);
    }

    /// <summary>Another last byte of the signature: open lengths end in zeros that belong to none.</summary>
    private static byte[] Flipped(byte[] value)
    {
        value[value.AsSpan().LastIndexOfAnyExcept((byte)0) - 2] ^= 1;
        return value;
    }

    [Fact]
    public void A_changed_byte_before_or_behind_the_value_fails()
    {
        Assert.Equal(SealOutcome.Fails, Outcome(Look(Changed(Signed, "595", "596"))[0], SealStep.DataHash));
        Assert.Equal(SealOutcome.Fails, Outcome(Look(Changed(Signed, "/Size 91", "/Size 92"))[0], SealStep.DataHash));
    }

    [Fact]
    public void A_value_by_another_key_fails()
    {
        var forged = PdfForge.Sign(Plain, content =>
        {
            using var key = SealWorkshop.KeyOf(SealWorkshop.Shared.Stranger);
            return SignedMessageForge.Make(content, SealWorkshop.Shared.Signer, key, attributes: true, isDetached: true);
        });
        Assert.Equal((SealOutcome.Holds, SealOutcome.Fails), (Outcome(Look(forged)[0], SealStep.DataHash), Outcome(Look(forged)[0], SealStep.SignerSignature)));
    }

    [Theory]
    [InlineData("1.2.840.113549.1.7.3")]
    [InlineData("")]
    public void An_attribute_of_another_content_type_or_of_none_fails_on_its_own(string type)
    {
        var one = Assert.Single(Look(PdfForge.Sign(Plain, content =>
        {
            using var key = SealWorkshop.KeyOf(SealWorkshop.Shared.Signer);
            return SignedMessageForge.Make(content, SealWorkshop.Shared.Signer, key, attributes: true, isDetached: true, type);
        })));
        Assert.Equal((SealOutcome.Holds, SealOutcome.Holds), (Outcome(one, SealStep.DataHash), Outcome(one, SealStep.SignerSignature)));
        var wrong = Assert.Single(one.Checks, c => c.Outcome == SealOutcome.Fails);
        Assert.Contains("内容类型", wrong.Note, StringComparison.Ordinal);
        Assert.NotEqual(wrong.Stated, wrong.Found);
    }

    [Fact]
    public void An_update_after_the_signature_is_named()
    {
        byte[] updated = [.. Signed, .. "4 0 obj\n<< /Type /Page >>\nendobj\n%%EOF\n"u8];
        var one = Assert.Single(Look(updated));
        Assert.Equal(SealOutcome.Holds, Outcome(one, SealStep.SignerSignature));
        Assert.Equal(updated.Length - Signed.Length, one.BytesAfter);
    }

    [Fact]
    public void A_second_signature_covers_the_first()
    {
        var both = Look(PdfForge.Sign(Signed, PdfForge.Sm2));
        Assert.Equal([SealOutcome.Holds, SealOutcome.Holds], both.Select(s => Outcome(s, SealStep.SignerSignature)));
        Assert.True(both[0].BytesAfter > 0);
        Assert.Equal(0, both[1].BytesAfter);
    }

    [Theory]
    [InlineData("/SubFilter /ETSI.CAdES.detached", "/SubFilter /ETSI.CAdES.detachex")]
    [InlineData("/Contents <3", "/Contents <4")]
    [InlineData("/Contents <", "/Kontents <")]
    [InlineData("/ByteRange [0 ", "/ByteRange [1 ")]
    [InlineData("00>", "01>")]
    [InlineData("00> >>", "00 >>>")]
    public void What_cannot_be_read_is_said_and_never_verified(string from, string to)
    {
        var one = Look(Changed(Signed, from, to))[0];
        Assert.NotNull(one.Trouble);
        Assert.Empty(one.Checks);
    }

    [Fact]
    public void Many_ranges_and_noise_end_soon_and_hold_nowhere()
    {
        var many = Encoding.ASCII.GetBytes(string.Concat(Enumerable.Repeat("/ByteRange [0 1 9 9]\n", 100_000)));
        Assert.InRange(Look(many).Count, 1, 33);
        var bytes = new SeededBytes(71);
        for (var i = 0; i < 300; i++)
        {
            var mutant = bytes.Mutate(Signed);
            Assert.All(Look(mutant), s => Assert.False(Outcome(s, SealStep.SignerSignature) == SealOutcome.Holds && Outcome(s, SealStep.DataHash) == SealOutcome.Holds && s.BytesAfter == 0 && Differs(mutant), $"mutant {i}"));
        }
    }

    /// <summary>Whether anything changed but the value itself, which has spellings of its own.</summary>
    private static bool Differs(byte[] mutant)
    {
        var (from, to) = (Signed.AsSpan().IndexOf("/Contents <"u8), Signed.AsSpan().IndexOf("> >>\nendobj\ntrailer"u8));
        return mutant.Length != Signed.Length || !mutant.AsSpan(0, from).SequenceEqual(Signed.AsSpan(0, from)) || !mutant.AsSpan(to).SequenceEqual(Signed.AsSpan(to));
    }

    private static IReadOnlyList<PdfSignatureFinding> Look(byte[] file) => PdfSignatures.Of(file, SealWorkshop.Shared.Trust, default);

    private static SealOutcome? Outcome(PdfSignatureFinding signature, SealStep step) => signature.Checks.FirstOrDefault(c => c.Step == step)?.Outcome;

    private static byte[] Changed(byte[] file, string from, string to) => Encoding.Latin1.GetBytes(Encoding.Latin1.GetString(file).Replace(from, to, StringComparison.Ordinal));
}

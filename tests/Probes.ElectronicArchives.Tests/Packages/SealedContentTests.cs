using System.Security.Cryptography;
using System.Text;
using SmartCity.SecurityCheck.Model;
using SmartCity.SecurityCheck.TestKit;

namespace SmartCity.SecurityCheck.Probes.ElectronicArchives.Tests;

/// <summary>Seals inside the files of a package count in 1-1, where every digest the package records is right.</summary>
public sealed class SealedContentTests
{
    [Theory]
    [InlineData(false, false, Verdict.NeedsReview)]
    [InlineData(false, true, Verdict.Satisfied)]
    [InlineData(true, true, Verdict.NotSatisfied)]
    [InlineData(true, false, Verdict.NotSatisfied)]
    public async Task A_seal_is_verified_to_its_root(bool isTampered, bool hasRoot, Verdict verdict)
    {
        var signed = new OfdForge().Sign();
        var bytes = (isTampered ? signed.Replace("Doc_0/Pages/Page_0/Content.xml", "准予", "不予") : signed).ToBytes();
        Assert.Equal(verdict, await JudgedAsync(b => b.Packages[0].Files[3].Bytes = bytes, hasRoot));
    }

    [Theory]
    [InlineData(false, false, Verdict.NeedsReview)]
    [InlineData(false, true, Verdict.Satisfied)]
    [InlineData(true, true, Verdict.NotSatisfied)]
    [InlineData(true, false, Verdict.NotSatisfied)]
    public async Task A_signature_of_a_pdf_is_verified_to_its_root(bool isTampered, bool hasRoot, Verdict verdict)
    {
        var signed = PdfForge.Sign(SampleContents.Pdf("甲"), PdfForge.Sm2);
        var bytes = isTampered ? Encoding.Latin1.GetBytes(Encoding.Latin1.GetString(signed).Replace("595", "596", StringComparison.Ordinal)) : signed;
        Assert.Equal(verdict, await JudgedAsync(b => b.Packages[0].Files[0].Bytes = bytes, hasRoot));
    }

    [SkippableTheory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_pdf_that_bears_a_timestamp_of_nobodys_certificate_alone_is_left_to_people(bool hasRoot)
    {
        Skip.If(RequiredTool.IsMissing("openssl"));
        var stamped = PdfForge.Sign(SampleContents.Pdf("甲"), PdfForge.Stamp, "ETSI.RFC3161");
        Assert.Equal(Verdict.NeedsReview, await JudgedAsync(b => b.Packages[0].Files[0].Bytes = stamped, hasRoot));
    }

    [SkippableTheory]
    [InlineData("sha256", true, Verdict.Satisfied)]
    [InlineData("sha1", true, Verdict.Partial)]
    [InlineData("sha1", false, Verdict.Partial)]
    public async Task A_signature_by_a_broken_hash_holds_and_is_not_clear(string hash, bool isRsa, Verdict verdict)
    {
        Skip.If(RequiredTool.IsMissing("openssl"));
        var signed = PdfForge.Sign(SampleContents.Pdf("甲"), c => PdfForge.OpenSsl(c, isRsa ? ForgedKey.Rsa() : ForgedKey.Ecdsa(), "-md", hash));
        Assert.Equal(verdict, await JudgedAsync(b => b.Packages[0].Files[0].Bytes = signed, hasRoot: true));
    }

    [Fact]
    public async Task A_seal_over_digests_by_a_broken_hash_holds_and_is_not_clear() => Assert.Equal(
        Verdict.Partial,
        await JudgedAsync(b => b.Packages[0].Files[3].Bytes = new OfdForge().Sign(new SigningWay { Method = "SHA1" }).ToBytes(), hasRoot: true));

    [Theory]
    [InlineData("OFD.xml")]
    [InlineData("Doc_0/Tpls/Tpl_0/Content.xml")]
    [InlineData("Doc_0/Pages/Page_0/Content.xml")]
    public async Task A_seal_that_leaves_a_part_open_does_not_fix_the_content(string path) => Assert.Equal(
        Verdict.NeedsReview,
        await JudgedAsync(b => b.Packages[0].Files[3].Bytes = new OfdForge().Sign(new SigningWay { LeftOut = p => p == path }).ToBytes(), hasRoot: true));

    /// <summary>All of it is signed, and nobody read to its end what it consists of.</summary>
    [Fact]
    public async Task A_sealed_file_that_is_not_read_to_its_end_is_left_to_people()
    {
        var many = string.Concat(Enumerable.Repeat("<ofd:Page ID=\"1\" BaseLoc=\"Pages/Page_0/Content.xml\"/>", 20_001));
        Assert.Equal(Verdict.NeedsReview, await JudgedAsync(b => b.Packages[0].Files[3].Bytes = new OfdForge().Replace("Doc_0/Document.xml", "<ofd:Pages>", "<ofd:Pages>" + many).Sign().ToBytes(), hasRoot: true));
    }

    [Fact]
    public async Task A_pdf_with_an_unreadable_signature_is_left_to_people() => Assert.Equal(
        Verdict.NeedsReview,
        await JudgedAsync(b => b.Packages[0].Files[0].Bytes = [.. SampleContents.Pdf("甲"), .. Encoding.ASCII.GetBytes("\n% /ByteRange [0 1 2 3]\n%%EOF\n")], hasRoot: true));

    private static async Task<Verdict> JudgedAsync(Action<DraftBatch> change, bool hasRoot)
    {
        using var folder = new TemporaryFolder();
        using var beside = new TemporaryFolder();
        var root = beside.Write("root.pem", PemEncoding.WriteString("CERTIFICATE", SealWorkshop.Shared.Root.Der));
        var batch = SampleBatch.Of(1);
        change(batch);
        DraftWriter.Write(batch, folder.Path);
        var (outcome, _) = await Archiving.SeenAsync(Archiving.Target(folder.Path) with { TrustRoots = hasRoot ? [root] : [] });
        return Archiving.Judged(outcome)["DAT70-1-1"];
    }
}

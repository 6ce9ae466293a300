using System.Security.Cryptography;
using SmartCity.SecurityCheck.Cryptography;
using SmartCity.SecurityCheck.Model;
using SmartCity.SecurityCheck.TestKit;

namespace SmartCity.SecurityCheck.Probes.CommercialCrypto.Tests;

public sealed class EvidenceDocumentTests
{
    private static readonly EvidenceDocumentsProbe Probe = new();

    [Fact]
    public async Task A_file_is_known_by_its_digests_and_stays_where_it_is()
    {
        using var folder = new TemporaryFolder();
        var path = folder.Write("方案.pdf", "%PDF 秘密内容");
        var kept = new KeptEvidence();
        var seen = Assert.IsType<Observed>(await LookAsync(path, kept)).Observations[0].Data;
        var bytes = await File.ReadAllBytesAsync(path);
        Assert.Equal((Convert.ToHexStringLower(SHA256.HashData(bytes)), Convert.ToHexStringLower(Sm3.HashData(bytes))), (seen.GetProperty("sha256").GetString(), seen.GetProperty("sm3").GetString()));
        Assert.DoesNotContain("秘密内容", string.Concat(kept.Files.Values.Select(System.Text.Encoding.UTF8.GetString)), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_folder_is_known_by_the_listing_of_its_files()
    {
        using var folder = new TemporaryFolder();
        folder.Write("a.txt", "1");
        folder.Write("b.txt", "2");
        async Task<string?> Digest() => Assert.IsType<Observed>(await LookAsync(folder.Path, new KeptEvidence())).Observations[0].Data.GetProperty("sha256").GetString();
        var before = await Digest();
        Assert.Equal(before, await Digest());
        folder.Write("b.txt", "3");
        Assert.NotEqual(before, await Digest());
    }

    /// <summary>What has a paper's size and not its shape counts for nothing, beside a paper too.</summary>
    [Fact]
    public async Task Only_what_has_the_shape_of_a_document_counts()
    {
        using var folder = new TemporaryFolder();
        async Task<System.Text.Json.JsonElement> Seen() => Assert.IsType<Observed>(await LookAsync(folder.Path, new KeptEvidence())).Observations[0].Data;
        folder.Write("filler.pdf", new string('x', 1024));
        var filler = await Seen();
        Assert.Equal((1024, 0, 0), (filler.GetProperty("bytes").GetInt32(), filler.GetProperty("legibleBytes").GetInt32(), filler.GetProperty("forms").GetArrayLength()));
        folder.Write("paper.txt", PaperText.Some);
        var beside = await Seen();
        Assert.Equal((System.Text.Encoding.UTF8.GetByteCount(PaperText.Some), "文字"), (beside.GetProperty("legibleBytes").GetInt32(), beside.GetProperty("forms")[0].GetString()));
    }

    [Fact]
    public async Task What_is_not_there_or_empty_is_no_document()
    {
        using var folder = new TemporaryFolder();
        Assert.Equal(FailureKind.BadInput, Assert.IsType<Unable>(await LookAsync(folder.File("absent.pdf"), new KeptEvidence())).Kind);
        Assert.Equal(FailureKind.BadInput, Assert.IsType<Unable>(await LookAsync(folder.Write("empty.pdf", ""), new KeptEvidence())).Kind);
    }

    private static Task<ProbeOutcome> LookAsync(string path, KeptEvidence kept)
    {
        var document = new Document { Id = "plan", MaterialKind = "密码应用方案", Path = path };
        return Probe.ObserveAsync(document, ProbeContexts.For(kept, document), CancellationToken.None);
    }
}

using System.Text;
using SmartCity.SecurityCheck.Cryptography;

namespace SmartCity.SecurityCheck.Probes.ElectronicArchives.Tests;

/// <summary>Files that are as they should be, in every layout of signatures: none may be flagged.</summary>
public sealed class OfdCleanTests
{
    public static TheoryData<string> Ways => [.. Signings.Keys];

    private static Dictionary<string, SigningWay> Signings { get; } = new(StringComparer.Ordinal)
    {
        ["V1"] = new() { Standard = SealStandard.V1 },
        ["V4"] = new(),
        ["V5"] = new() { Standard = SealStandard.V5 },
        ["V4 digests"] = new() { Seal = SealWorkshop.Shared.Seal(digests: true) },
        ["SHA-256"] = new() { Method = "SHA256" },
        ["message"] = new() { Message = true },
        ["message with attributes"] = new() { Message = true, Attributes = true },
    };

    [Theory]
    [MemberData(nameof(Ways))]
    public void A_clean_file_is_intact_with_every_step_decided(string way)
    {
        var found = OfdLook.At(new OfdForge().Sign(Signings[way]).ToBytes());
        Assert.True(found.Answer == OfdAnswer.Intact && found.Reasons.Count == 0, found.Why());
        var signature = Assert.Single(found.Signatures.Value);
        Assert.All(signature.Steps, s => Assert.True(s.Outcome is SealOutcome.Holds or SealOutcome.Absent || s is { Step: SealStep.SignerRevocation or SealStep.MakerRevocation, Outcome: SealOutcome.NotChecked }, $"{s}"));
        Assert.True(signature.IsTrusted.Value);
        Assert.Empty(found.Uncovered.Value);
    }

    [Fact]
    public void Without_roots_the_file_is_intact_and_says_that_nobody_vouches()
    {
        var signature = Assert.Single(OfdLook.At(new OfdForge().Sign().ToBytes(), SealTrust.None).Signatures.Value);
        Assert.Null(signature.IsTrusted.Value);
        Assert.Contains(signature.Remarks, r => r.Contains("未配置信任根", StringComparison.Ordinal));
    }

    [Fact]
    public void Other_roots_leave_the_signer_undecided()
    {
        var others = new SealTrust([CertificateDetails.TryRead(SealWorkshop.Shared.Stranger.Der, out _)!], []);
        var found = OfdLook.At(new OfdForge().Sign().ToBytes(), others);
        Assert.Equal(OfdAnswer.Undecidable, found.Answer);
        Assert.False(Assert.Single(found.Signatures.Value).IsTrusted.Value);
    }

    [Fact]
    public void A_second_signature_that_lists_itself_supersedes_the_first()
    {
        var found = OfdLook.At(new OfdForge().Sign().Sign().ToBytes());
        Assert.Equal([OfdAnswer.Superseded, OfdAnswer.Intact], found.Signatures.Value.Select(s => s.Answer));
        Assert.Equal(OfdAnswer.Intact, found.Answer);
    }

    [Fact]
    public void A_second_signature_over_less_excuses_nothing()
    {
        var found = OfdLook.At(new OfdForge().Sign().Sign(new SigningWay { LeftOut = p => p.Contains("Page_1", StringComparison.Ordinal) }).ToBytes());
        Assert.Equal([OfdAnswer.Tampered, OfdAnswer.Intact], found.Signatures.Value.Select(s => s.Answer));
    }

    [Fact]
    public void Old_namespaces_odd_paths_letter_case_and_dates_are_read()
    {
        var forge = new OfdForge().Sign(new SigningWay { LeftOut = p => p is "OFD.xml" });
        forge.Replace("OFD.xml", "http://www.ofdspec.org/2016", "http://www.ofdspec.org").Replace("OFD.xml", "Doc_0/Document.xml", "/doc_0\\DOCUMENT.xml").Replace("OFD.xml", "Doc_0/Signs/", "./Doc_0/x/../Signs/");
        var found = OfdLook.At(forge.ToBytes());
        Assert.True(found.Answer == OfdAnswer.Intact, found.Why());
        Assert.Equal("OFD.xml", Assert.Single(found.Uncovered.Value).File);
        Assert.All((string[])["20200817111329Z", "2020-04-22 16:22:44", "20200723130907.763Z", "200723130907Z", "2020-04-22T16:22:44+08:00"], d => Assert.NotNull(SealTime.TryRead(d)));
        Assert.Equal(new DateTimeOffset(2020, 4, 22, 16, 22, 44, TimeSpan.FromHours(8)), SealTime.TryRead("2020-04-22 16:22:44"));
    }

    [Fact]
    public void A_kept_file_without_signatures_meets_the_rules_of_its_format()
    {
        var found = OfdLook.At(new OfdForge(docType: "OFD-A").ToBytes());
        Assert.Equal(OfdAnswer.Unsigned, found.Answer);
        Assert.Equal(23, found.Archival.Value.Count);
        Assert.Empty(found.Archival.Value.Where(a => a.Level == "ERROR" && !a.Holds.Value).Select(a => $"{a.Rule} {a.Found}"));
        Assert.Contains(OfdLook.At(new OfdForge().Sign().ToBytes()).Archival.Value, a => a.Rule == "OFDA-27" && !a.Holds.Value);
    }

    [Fact]
    public void The_picture_shows_the_seal_and_escapes_the_text()
    {
        var forge = new OfdForge().Replace("Doc_0/Pages/Page_0/Content.xml", "准予许可", "&lt;script&gt;准予").Sign();
        using var container = ZipContainer.Open(forge.ToBytes(), CancellationToken.None);
        var (_, reading, _) = OfdInspection.Look(container, new OfdQuestion { File = "x" }, CancellationToken.None);
        var svg = OfdPicture.Draw(reading.Documents[0].Pages.First(), reading.Documents[0]);
        Assert.Contains("&lt;script&gt;准予", svg, StringComparison.Ordinal);
        Assert.Contains("x=\"140\" y=\"200\" width=\"40\"", svg, StringComparison.Ordinal);
        Assert.Contains("办理结果通知书", svg, StringComparison.Ordinal);
        Assert.DoesNotContain("<script", svg, StringComparison.Ordinal);
        Assert.NotNull(System.Xml.Linq.XDocument.Parse(svg).Root);
        Assert.True(Encoding.UTF8.GetByteCount(svg) < 600_000);
    }
}

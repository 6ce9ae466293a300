using System.Text;

namespace SmartCity.SecurityCheck.Probes.ElectronicArchives.Tests;

/// <summary>What was not read is not known: nothing of it may come out as fine, and nothing of a bound as a fault.</summary>
public sealed class OfdUnreadTests
{
    private const string Space = "http://www.ofdspec.org/2016";
    private const string Page = "Doc_0/Pages/Page_0/Content.xml";
    private const string List = "Doc_0/Signs/Signatures.xml";
    private const string Described = "Doc_0/Signs/Sign_0/Signature.xml";

    private static Dictionary<string, Func<OfdForge>> Lists { get; } = new(StringComparer.Ordinal)
    {
        ["missing"] = () => Stripped().Remove(List),
        ["no XML"] = () => Stripped().Put(List, "<ofd:Signatures"u8.ToArray()),
        ["emptied"] = () => Stripped().Put(List, OfdForge.Xml($"<ofd:Signatures xmlns:ofd=\"{Space}\"><ofd:MaxSignId>1</ofd:MaxSignId></ofd:Signatures>")),
        ["not named, values left"] = () => NotNamed(new OfdForge().Sign().Remove(Described)),
        ["not named, descriptions left"] = () => NotNamed(new OfdForge().Sign().Remove("Doc_0/Signs/Sign_0/SignedValue.dat")),
    };

    public static TheoryData<string> ListNames => [.. Lists.Keys];

    [Theory]
    [MemberData(nameof(ListNames))]
    public void Signatures_that_were_not_read_are_not_absent(string name)
    {
        var found = OfdLook.At(Lists[name]().ToBytes());
        Assert.NotEqual(OfdAnswer.Unsigned, found.Answer);
        Assert.NotEqual(OfdAnswer.Intact, found.Answer);
        Assert.False(found.HasSignatures.IsKnown, found.Why());
        Assert.False(found.SignaturesHold.IsKnown);
        Assert.False(found.ValidAtSigning.IsKnown);
        Assert.False(found.SignersTrusted.IsKnown);
        Assert.False(found.HasWeakDigests.IsKnown);
        Assert.False(found.Uncovered.IsKnown);
        Assert.False(found.Signatures.IsKnown);
        Assert.DoesNotContain(found.Archival.Value, a => a is { Rule: "OFDA-27", Holds: { IsKnown: true, Value: true } });
    }

    [Fact]
    public void One_taken_off_the_list_leaves_the_others_undecided_together()
    {
        var forge = new OfdForge().Sign().Sign(new SigningWay { LeftOut = p => p == List });
        var found = OfdLook.At(forge.Replace(List, "<ofd:Signature ID=\"1\" Type=\"Seal\" BaseLoc=\"Sign_0/Signature.xml\"/>", "").ToBytes());
        Assert.True(found.HasSignatures.Value);
        Assert.False(found.SignaturesHold.IsKnown, found.Why());
        Assert.False(found.ValidAtSigning.IsKnown);
        Assert.False(found.SignersTrusted.IsKnown);
        Assert.False(found.HasWeakDigests.IsKnown);
    }

    [Fact]
    public void A_good_signature_does_not_speak_for_one_without_certificate_or_value()
    {
        var bare = OfdLook.At(new OfdForge().Sign(new SigningWay { Bare = true }).Sign().ToBytes());
        Assert.Equal(2, bare.Signatures.Value.Count);
        Assert.False(bare.ValidAtSigning.IsKnown);
        Assert.False(bare.SignersTrusted.IsKnown);
        var missing = OfdLook.At(new OfdForge().Sign().Sign().Remove("Doc_0/Signs/Sign_0/SignedValue.dat").ToBytes());
        Assert.False(missing.ValidAtSigning.IsKnown);
        Assert.False(missing.SignersTrusted.IsKnown);
        var good = OfdLook.At(new OfdForge().Sign().Sign().ToBytes());
        Assert.Equal((true, true, false), (good.ValidAtSigning.Value, good.SignersTrusted.Value, good.HasWeakDigests.Value));
        var lapsed = new SigningWay { By = SealWorkshop.Shared.Lapsed, Seal = SealWorkshop.Shared.Seal(user: SealWorkshop.Shared.Lapsed) };
        Assert.False(OfdLook.At(new OfdForge().Sign(new SigningWay { Bare = true }).Sign(lapsed).ToBytes()).ValidAtSigning.Value);
    }

    [Fact]
    public void Digests_that_were_not_read_are_not_strong()
    {
        Assert.False(OfdLook.At(new OfdForge().Sign().Sign().Remove(Described).ToBytes()).HasWeakDigests.IsKnown);
        Assert.False(OfdLook.At(new OfdForge().Sign().Put(Described, "<no"u8.ToArray()).ToBytes()).HasWeakDigests.IsKnown);
        Assert.False(OfdLook.At(new OfdForge().Sign(new SigningWay { Method = "1.2.840.113549.1.1.4" }).ToBytes()).HasWeakDigests.IsKnown);
        Assert.True(OfdLook.At(new OfdForge().Sign(new SigningWay { Method = "MD5" }).Sign().Remove("Doc_0/Signs/Sign_1/Signature.xml").ToBytes()).HasWeakDigests.Value);
    }

    [Fact]
    public void A_page_left_open_behind_many_other_files_is_found()
    {
        var forge = new OfdForge();
        var late = forge.Get(Page);
        forge.Remove(Page);
        for (var i = 0; i < 600; i++)
        {
            forge.Put($"Extra/{i:D4}.bin", [(byte)i]);
        }

        var found = OfdLook.At(forge.Put(Page, late).Sign(new SigningWay { LeftOut = p => p == Page || p.StartsWith("Extra/", StringComparison.Ordinal) }).ToBytes());
        Assert.Equal(new UncoveredPart(Page, OfdPartKind.Page), Assert.Single(found.Uncovered.Value));
        var signature = Assert.Single(found.Signatures.Value);
        Assert.Equal(500, signature.Uncovered.Count);
        Assert.Contains(signature.Remarks, r => r.Contains("另有 101 个", StringComparison.Ordinal));
    }

    [Fact]
    public void A_rule_does_not_hold_over_a_page_that_was_not_read()
    {
        var forge = new OfdForge(docType: "OFD-A").Put("Doc_0/Pages/Page_1/Content.xml", "<no"u8.ToArray()).Replace("Doc_0/PublicRes.xml", "<ofd:FontFile>font_3.ttf</ofd:FontFile>", "");
        var found = OfdLook.At(forge.ToBytes());
        var rules = found.Archival.Value.ToDictionary(a => a.Rule, a => a.Holds, StringComparer.Ordinal);
        Assert.True(rules["OFDA-01"].Value);
        Assert.False(rules["OFDA-06"].IsKnown);
        Assert.False(rules["OFDA-12"].IsKnown);
        Assert.False(rules["OFDA-24"].IsKnown);
        Assert.False(rules["OFDA-11"].Value);
        Assert.False(found.ArchivalErrors.IsKnown);
        Assert.False(found.LongTermGaps.IsKnown);
        Assert.False(OfdLook.At(new OfdForge(docType: "OFD-A").Remove("Doc_0/Res/image_6.png").ToBytes()).LongTermGaps.IsKnown);
    }

    [Fact]
    public void More_pages_than_are_looked_at_are_no_fault_and_not_counted()
    {
        var many = string.Concat(Enumerable.Repeat("<ofd:Page ID=\"1\" BaseLoc=\"Pages/Page_0/Content.xml\"/>", 30_000));
        var found = OfdLook.At(new OfdForge().Replace("Doc_0/Document.xml", "<ofd:Pages>", "<ofd:Pages>" + many).Sign().ToBytes());
        Assert.True(found.Answer == OfdAnswer.Intact, found.Why());
        Assert.False(found.Pages.IsKnown);
        Assert.False(found.IsSound.IsKnown);
        Assert.False(found.Uncovered.IsKnown);
        Assert.False(found.ArchivalErrors.IsKnown);
        Assert.False(found.LongTermGaps.IsKnown);
        Assert.True(found.SignaturesHold.Value);
        Assert.Contains(found.Reasons, r => r.Contains("20000", StringComparison.Ordinal) && r.Contains("没有看", StringComparison.Ordinal));
    }

    [Fact]
    public void More_references_than_are_compared_leave_the_signature_undecided()
    {
        var way = new SigningWay();
        var forge = new OfdForge().Sign(way);
        var value = Convert.ToBase64String(Cryptography.Sm3.HashData(forge.Get(Page)));
        var many = string.Concat(Enumerable.Repeat($"<ofd:Reference FileRef=\"/{Page}\"><ofd:CheckValue>{value}</ofd:CheckValue></ofd:Reference>", 20_000));
        forge.Replace(Described, "</ofd:References>", many + "</ofd:References>");
        forge.Put("Doc_0/Signs/Sign_0/SignedValue.dat", OfdForge.Value(forge.Get(Described), "/" + Described, forge.Get("Doc_0/Signs/Sign_0/Seal.esl"), way));
        var found = OfdLook.At(forge.ToBytes());
        Assert.True(found.Answer == OfdAnswer.Undecidable, found.Why());
        Assert.False(found.SignaturesHold.IsKnown);
        Assert.False(found.Uncovered.IsKnown);
        Assert.False(found.HasWeakDigests.IsKnown);
        Assert.False(found.IsSound.IsKnown);
    }

    [Theory]
    [InlineData("说明：只是文字。", true)]
    [InlineData("<note>说明</note>", true)]
    [InlineData("%PDF-1.7\n1 0 obj\n<</Type/Catalog>>\nendobj\n\0\u0001%%EOF", false)]
    [InlineData("a\0b", false)]
    public void Attachments_of_text_may_be_kept(string content, bool holds) =>
        Assert.Equal(holds, Attached(Encoding.UTF8.GetBytes(content)));

    [Fact]
    public void Attachments_that_declare_a_format_for_keeping_may_be_kept()
    {
        Assert.True(Attached(new OfdForge(docType: "OFD-A").ToBytes()));
        Assert.False(Attached(new OfdForge().ToBytes()));
        Assert.False(Attached([0xD6, 0xD0, 0xCE, 0xC4]));
        const string claim = "<x:xmpmeta xmlns:x='adobe:ns:meta/'><rdf:RDF xmlns:rdf='http://www.w3.org/1999/02/22-rdf-syntax-ns#'><rdf:Description xmlns:pdfaid='http://www.aiim.org/pdfa/ns/id/' pdfaid:part='2' pdfaid:conformance='B'/></rdf:RDF></x:xmpmeta>";
        Assert.True(Attached(Encoding.Latin1.GetBytes($"%PDF-1.7\n%\u00e2\u00e3\n1 0 obj\n<</Type/Metadata/Subtype/XML/Length {claim.Length}>>\nstream\n{claim}\nendstream\nendobj\n%%EOF\n")));
    }

    private static bool Attached(byte[] content)
    {
        var forge = new OfdForge(docType: "OFD-A").Replace("Doc_0/Document.xml", "</ofd:Document>", "<ofd:Attachments>Attachs/Attachments.xml</ofd:Attachments></ofd:Document>")
            .Put("Doc_0/Attachs/Attachments.xml", OfdForge.Xml($"<ofd:Attachments xmlns:ofd=\"{Space}\"><ofd:Attachment ID=\"1\" Name=\"a\"><ofd:FileLoc>a.dat</ofd:FileLoc></ofd:Attachment></ofd:Attachments>"))
            .Put("Doc_0/Attachs/a.dat", content);
        return OfdLook.At(forge.ToBytes()).Archival.Value.Single(a => a.Rule == "OFDA-28").Holds.Value;
    }

    private static OfdForge Stripped() => new OfdForge().Sign().Remove(Described).Remove("Doc_0/Signs/Sign_0/SignedValue.dat").Remove("Doc_0/Signs/Sign_0/Seal.esl");

    private static OfdForge NotNamed(OfdForge forge) => forge.Replace("OFD.xml", "<ofd:Signatures>Doc_0/Signs/Signatures.xml</ofd:Signatures>", "");
}

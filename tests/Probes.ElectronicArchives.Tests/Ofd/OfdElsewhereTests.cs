namespace SmartCity.SecurityCheck.Probes.ElectronicArchives.Tests;

/// <summary>A signature that holds, and a reader that is led to something else: nothing of that may end as intact without a word.</summary>
public sealed class OfdElsewhereTests
{
    private const string Space = "http://www.ofdspec.org/2016";
    private const string Other = "Doc_9/Document.xml";

    [Fact]
    public void A_root_that_was_turned_to_another_document_leaves_the_file_undecided()
    {
        var found = OfdLook.At(Beside(SignedWithoutRoot()).Replace("OFD.xml", "<ofd:DocRoot>Doc_0/Document.xml", $"<ofd:DocRoot>{Other}").ToBytes());
        Shown(found);
    }

    [Fact]
    public void A_second_body_that_nobody_signed_leaves_the_file_undecided()
    {
        var found = OfdLook.At(Beside(SignedWithoutRoot()).Replace("OFD.xml", "<ofd:DocBody>", $"<ofd:DocBody><ofd:DocInfo/><ofd:DocRoot>{Other}</ofd:DocRoot></ofd:DocBody><ofd:DocBody>").ToBytes());
        Shown(found);
    }

    [Fact]
    public void A_version_with_pages_of_its_own_leaves_the_file_undecided()
    {
        var forge = Beside(SignedWithoutRoot())
            .Replace("OFD.xml", "</ofd:DocBody>", "<ofd:Versions><ofd:Version ID=\"v1\" Index=\"1\" Current=\"true\" BaseLoc=\"Doc_0/Versions/V1.xml\"/></ofd:Versions></ofd:DocBody>")
            .Put("Doc_0/Versions/V1.xml", OfdForge.Xml($"<ofd:DocVersion xmlns:ofd=\"{Space}\" ID=\"v1\"><ofd:FileList/><ofd:DocRoot>/{Other}</ofd:DocRoot></ofd:DocVersion>"));
        var found = OfdLook.At(forge.ToBytes());
        Shown(found);
        Assert.False(found.Pages.IsKnown);
    }

    [Fact]
    public void A_version_of_the_same_document_that_was_signed_is_nothing_odd()
    {
        var forge = new OfdForge()
            .Replace("OFD.xml", "</ofd:DocBody>", "<ofd:Versions><ofd:Version ID=\"v1\" Index=\"1\" Current=\"true\" BaseLoc=\"Doc_0/Versions/V1.xml\"/></ofd:Versions></ofd:DocBody>")
            .Put("Doc_0/Versions/V1.xml", OfdForge.Xml($"<ofd:DocVersion xmlns:ofd=\"{Space}\" ID=\"v1\"><ofd:FileList/><ofd:DocRoot>/Doc_0/Document.xml</ofd:DocRoot></ofd:DocVersion>"));
        var found = OfdLook.At(forge.Sign().ToBytes());
        Assert.True(found.Answer == OfdAnswer.Intact && found.Pages.Value == 2, found.Why());
    }

    [Fact]
    public void A_path_that_may_mean_two_files_is_no_sound_structure()
    {
        var forge = new OfdForge().Sign().Put("Pages/Page_0/Content.xml", OfdForge.Xml($"<ofd:Page xmlns:ofd=\"{Space}\"/>"));
        var found = OfdLook.At(forge.ToBytes());
        Assert.True(found.Answer == OfdAnswer.StructureError && found.Reasons.Any(r => r.Contains("也可以指 Pages/Page_0/Content.xml", StringComparison.Ordinal)), found.Why());
    }

    [Theory]
    [InlineData("Annotations", "Annot", "Page PageID=\"10\"", "Page", OfdPartKind.Annotation)]
    [InlineData("Attachments", "Attach", "Attachment ID=\"80\" Name=\"a\"", "Attachment", OfdPartKind.Attachment)]
    public void What_is_laid_over_a_page_or_handed_on_with_it_is_open_where_no_signature_names_it(string list, string folder, string open, string close, OfdPartKind kind)
    {
        var (index, content) = ($"Doc_0/{folder}s/{list}.xml", $"Doc_0/{folder}s/One.xml");
        var forge = new OfdForge()
            .Replace("Doc_0/Document.xml", "</ofd:Document>", $"<ofd:{list}>{folder}s/{list}.xml</ofd:{list}></ofd:Document>")
            .Put(index, OfdForge.Xml($"<ofd:{list} xmlns:ofd=\"{Space}\"><ofd:{open}><ofd:FileLoc>One.xml</ofd:FileLoc></ofd:{close}></ofd:{list}>"))
            .Put(content, OfdForge.Xml($"<ofd:PageAnnot xmlns:ofd=\"{Space}\"/>"));
        var found = OfdLook.At(forge.Sign(new SigningWay { LeftOut = p => p == content }).ToBytes());
        Assert.Equal(new UncoveredPart(content, kind), Assert.Single(found.Uncovered.Value));
        Assert.True(found.Answer == OfdAnswer.Intact && found.Note.Contains(content, StringComparison.Ordinal), found.Note);
    }

    private static void Shown(OfdFileFinding found)
    {
        Assert.True(found.Answer == OfdAnswer.Undecidable, found.Why());
        Assert.Contains(found.Uncovered.Value, u => u is { File: Other, Kind: OfdPartKind.Document });
        Assert.Contains(found.Uncovered.Value, u => u is { File: "Doc_9/Pages/Page_0/Content.xml", Kind: OfdPartKind.Page });
        Assert.Contains("不受任何签名保护", found.Note, StringComparison.Ordinal);
    }

    private static OfdForge SignedWithoutRoot() => new OfdForge().Sign(new SigningWay { LeftOut = p => p == "OFD.xml" });

    /// <summary>A second document with other words beside the signed one.</summary>
    private static OfdForge Beside(OfdForge signed)
    {
        foreach (var (path, content) in signed.Files.Where(f => f.Path.StartsWith("Doc_0/", StringComparison.Ordinal) && !f.Path.Contains("/Signs/", StringComparison.Ordinal)).ToList())
        {
            var copy = "Doc_9/" + path["Doc_0/".Length..];
            signed.Put(copy, content);
        }

        return signed.Replace("Doc_9/Pages/Page_0/Content.xml", "准予", "不予");
    }
}

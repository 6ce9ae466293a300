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

    /// <summary>By the standard a relative path starts at the file that writes it, whatever lies elsewhere; readers that think otherwise are met with what is signed as well.</summary>
    [Fact]
    public void The_same_names_in_several_folders_are_no_fault()
    {
        const string Folder = "Doc_0/Signs/Sign_0/";
        var forge = new OfdForge()
            .Replace("Doc_0/Pages/Page_0/Content.xml", "<ofd:Template ", "<ofd:PageRes>Res.xml</ofd:PageRes><ofd:Template ")
            .Put("Doc_0/Pages/Page_0/Res.xml", OfdForge.Xml($"<ofd:Res xmlns:ofd=\"{Space}\"/>"))
            .Put("Doc_0/Res.xml", OfdForge.Xml($"<ofd:Res xmlns:ofd=\"{Space}\"/>"));
        Assert.True(OfdLook.At(forge.ToBytes()) is { Answer: OfdAnswer.Unsigned, IsSound: { IsKnown: true, Value: true } }, OfdLook.At(forge.ToBytes()).Why());

        forge.Sign().Replace(Folder + "Signature.xml", $"/{Folder}SignedValue.dat", "SignedValue.dat").Put("SignedValue.dat", [1, 2, 3]);
        forge.Put(Folder + "SignedValue.dat", OfdForge.Value(forge.Get(Folder + "Signature.xml"), $"/{Folder}Signature.xml", forge.Get(Folder + "Seal.esl"), new SigningWay()));
        var found = OfdLook.At(forge.ToBytes());
        Assert.True(found is { Answer: OfdAnswer.Intact, IsSound: { IsKnown: true, Value: true } }, found.Why());
    }

    /// <summary>Empty versions are more than are looked at, so that nobody knows what the file shows.</summary>
    [Fact]
    public void What_was_not_looked_at_to_its_end_is_not_intact_where_a_signature_leaves_files_open()
    {
        var versions = $"<ofd:Versions>{string.Concat(Enumerable.Repeat("<ofd:Version/>", 201))}</ofd:Versions>";
        var found = OfdLook.At(Beside(SignedWithoutRoot()).Replace("OFD.xml", "<ofd:DocRoot>Doc_0/Document.xml", $"<ofd:DocRoot>{Other}").Replace("OFD.xml", "</ofd:DocBody>", versions + "</ofd:DocBody>").ToBytes());
        Assert.True(found.Answer == OfdAnswer.Undecidable, found.Why());
        Assert.False(found.Uncovered.IsKnown);
        Assert.Contains("没有看", found.Note, StringComparison.Ordinal);
    }

    [Fact]
    public void A_version_that_is_named_again_and_again_is_read_once_and_what_is_missing_in_it_told_in_a_few_lines()
    {
        var many = string.Concat(Enumerable.Range(0, 400).Select(i => $"<ofd:Page ID=\"{i}\" BaseLoc=\"Pages/None_{i}/Content.xml\"/>"));
        var forge = Beside(new OfdForge()).Replace(Other, "</ofd:Pages>", many + "</ofd:Pages>")
            .Replace("OFD.xml", "</ofd:DocBody>", $"<ofd:Versions>{string.Concat(Enumerable.Repeat("<ofd:Version BaseLoc=\"Doc_0/V1.xml\"/>", 150))}</ofd:Versions></ofd:DocBody>")
            .Put("Doc_0/V1.xml", OfdForge.Xml($"<ofd:DocVersion xmlns:ofd=\"{Space}\"><ofd:DocRoot>/{Other}</ofd:DocRoot></ofd:DocVersion>"));
        using var container = ZipContainer.Open(forge.ToBytes(), CancellationToken.None);
        var (found, reading, _) = OfdInspection.Look(container, new OfdQuestion { File = "样本.ofd" }, CancellationToken.None);
        Assert.Equal(OfdAnswer.StructureError, found.Answer);
        Assert.Equal(4, Assert.Single(reading.Documents).Pages.Count());
        Assert.InRange(reading.Problems.Count, 1, 200);
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

using System.Diagnostics;
using System.Text;
using SmartCity.SecurityCheck.TestKit;

namespace SmartCity.SecurityCheck.Probes.ElectronicArchives.Tests;

public sealed class FormatRecognitionTests
{
    private static readonly string[] Samples =
    [
        "ofd", "pdf", "xml", "svg", "html", "txt", "png", "jpeg", "gif", "bmp", "tiff", "wav", "mp4", "mp3", "doc", "xls", "ppt", "docx", "docm", "xlsx", "pptx",
        "odt", "zip", "7z", "gz", "exe", "elf", "class", "script", "rtf", "eicar", "empty", "binary",
    ];

    private static readonly Encoding Gb18030 = CodePagesEncodingProvider.Instance.GetEncoding("GB18030")!;

    public static TheoryData<string> Keys => [.. Samples];

    [Theory]
    [MemberData(nameof(Keys))]
    public void A_format_is_named_by_its_bytes_and_a_whole_file_has_no_trouble(string key)
    {
        var bytes = SampleFiles.Make(key);

        var format = FormatRecognition.Of(bytes, CancellationToken.None);

        Assert.Equal(key, format.Name.Key);
        Assert.Equal(key == "empty" ? 1 : 0, Readability.Of(bytes, format, CancellationToken.None).Troubles.Count);
    }

    [Fact]
    public void Keys_are_unique_and_extensions_lower_case()
    {
        Assert.Equal(FormatCatalogue.All.Count, FormatCatalogue.All.Select(f => f.Key).Distinct(StringComparer.Ordinal).Count());
        Assert.All(FormatCatalogue.All.SelectMany(f => f.Extensions), e => Assert.Equal(e.ToLowerInvariant(), e));
    }

    [Theory]
    [InlineData("ASCII", "plain text\n", "US-ASCII")]
    [InlineData("UTF-8", "归档", "UTF-8")]
    [InlineData("GB18030", "归档说明文件", "GB18030")]
    [InlineData("UTF-16", "归档", "UTF-16LE")]
    public void Text_is_told_by_its_charset(string encoding, string text, string charset)
    {
        byte[] bytes = encoding switch
        {
            "GB18030" => Gb18030.GetBytes(text),
            "UTF-16" => [.. Encoding.Unicode.Preamble, .. Encoding.Unicode.GetBytes(text)],
            _ => Encoding.UTF8.GetBytes(text),
        };

        var format = FormatRecognition.Of(bytes, CancellationToken.None);

        Assert.Equal(("txt", charset), (format.Name.Key, format.Charset));
        Assert.EndsWith($"（{charset}）", format.Title, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/Names<</JavaScript 3 0 R>>", "", FormatVeto.Script)]
    [InlineData("/OpenAction<</S/JavaScript/JS(1)>>", "", FormatVeto.Script)]
    [InlineData("/OpenAction<</S/J#61vaScript>>", "", FormatVeto.Script)]
    [InlineData("/OpenAction<</S/Launch/F(a.exe)>>", "", FormatVeto.Launch)]
    [InlineData("/Names<</EmbeddedFiles 3 0 R>>", "", FormatVeto.EmbeddedFile)]
    [InlineData("/Encrypt 3 0 R", "", FormatVeto.Encrypted)]
    [InlineData("", "5 0 <</S/JavaScript/JS(app.alert)>>", FormatVeto.Script)]
    public void A_pdf_with_what_must_not_be_kept_says_so(string catalogue, string packed, FormatVeto veto)
    {
        var format = FormatRecognition.Of(SampleFiles.Pdf("1.6", catalogue, packed.Length > 0 ? SampleFiles.Packed(packed) : ""), CancellationToken.None);

        Assert.Equal(veto, Assert.Single(format.Vetoes!));
        Assert.Equal(("1.6", "fmt/20"), (format.Version, format.Name.Puid));
    }

    [Fact]
    public void A_plain_pdf_has_no_veto_and_a_claim_is_called_one()
    {
        const string packet = "3 0 obj\n<</Type/Metadata/Subtype/XML/Length 200>>\nstream\n<rdf:Description xmlns:pdfaid=\"http://www.aiim.org/pdfa/ns/id/\"><pdfaid:part>2</pdfaid:part><pdfaid:conformance>B</pdfaid:conformance></rdf:Description>\nendstream\nendobj\n";

        var format = FormatRecognition.Of(SampleFiles.Pdf("1.7", "", packet), CancellationToken.None);

        Assert.Empty(format.Vetoes!);
        Assert.Equal("PDF 1.7（声明为 PDF/A-2b，未做完整验证）", format.Title);
    }

    [Fact]
    public void A_pdf_with_something_before_its_header_is_one_and_a_text_that_speaks_of_it_is_none()
    {
        byte[] shifted = [.. "junk\n"u8, .. SampleFiles.Pdf("1.4", "")];
        var format = FormatRecognition.Of(shifted, CancellationToken.None);

        Assert.Equal("pdf", format.Name.Key);
        Assert.Empty(Readability.Of(shifted, format, CancellationToken.None).Troubles);
        Assert.Equal("txt", FormatRecognition.Of(Encoding.UTF8.GetBytes("文件以 %PDF-1.4 开头"), CancellationToken.None).Name.Key);
    }

    [Fact]
    public void Of_a_large_packed_pdf_the_beginning_and_the_end_are_seen_and_no_veto_is_ruled_out()
    {
        var noise = Encoding.Latin1.GetString(new SeededBytes(7).Take(9 << 20));
        var plain = SampleFiles.Pdf("1.7", "", $"3 0 obj\n<<>>\nstream\n{noise}{noise}\nendstream\nendobj\n");
        var forge = new ZipForge();
        forge.Add("大.pdf", plain);
        using var zip = ZipContainer.Open(forge.ToBytes(), CancellationToken.None);

        var format = FormatRecognition.Of(zip, zip.Entries[0], CancellationToken.None);

        Assert.Equal("pdf", format.Name.Key);
        Assert.Null(format.Vetoes);
        Assert.Empty(Readability.Of(zip, zip.Entries[0], format, CancellationToken.None).Troubles);
        Assert.Empty(FormatRecognition.Of(plain, CancellationToken.None).Vetoes!);
    }

    [Fact]
    public void Macros_and_objects_of_office_files_are_seen()
    {
        Assert.Equal([FormatVeto.Macro], FormatRecognition.Of(SampleFiles.Make("docm"), CancellationToken.None).Vetoes);
        Assert.Equal([FormatVeto.OleObject], FormatRecognition.Of(SampleFiles.Make("pptx"), CancellationToken.None).Vetoes);
        Assert.Equal([FormatVeto.Macro, FormatVeto.OleObject], FormatRecognition.Of(SampleFiles.Ole2("Root Entry", "WordDocument", "Macros", "ObjectPool"), CancellationToken.None).Vetoes);
        Assert.Empty(FormatRecognition.Of(SampleFiles.Make("xlsx"), CancellationToken.None).Vetoes!);
        Assert.Equal("ooxml-encrypted", FormatRecognition.Of(SampleFiles.Ole2("Root Entry", "EncryptionInfo", "EncryptedPackage"), CancellationToken.None).Name.Key);
    }

    [Theory]
    [InlineData("pdf", 20)]
    [InlineData("png", 5)]
    [InlineData("jpeg", 2)]
    [InlineData("gif", 1)]
    [InlineData("bmp", 4)]
    [InlineData("tiff", 2)]
    [InlineData("wav", 2)]
    [InlineData("mp4", 4)]
    [InlineData("xml", 3)]
    [InlineData("ofd", 40)]
    public void A_file_that_was_cut_is_named_all_the_same_and_found_cut(string key, int bytes)
    {
        var cut = SampleFiles.Make(key)[..^bytes];

        var format = FormatRecognition.Of(cut, CancellationToken.None);

        Assert.Contains(format.Name.Key, key == "ofd" ? ["zip"] : new[] { key });
        Assert.NotEmpty(Readability.Of(cut, format, CancellationToken.None).Troubles);
    }

    [Fact]
    public void A_changed_byte_of_a_picture_is_found_by_its_crc()
    {
        var png = SampleFiles.Make("png");
        png[20] ^= 1;

        Assert.Contains("CRC-32", Assert.Single(Readability.Of(png, FormatRecognition.Of(png, CancellationToken.None), CancellationToken.None).Troubles), StringComparison.Ordinal);
    }

    [Fact]
    public void Contents_of_containers_are_named_packed_stored_and_in_folders()
    {
        using var folder = new TemporaryFolder();
        File.WriteAllBytes(folder.File("a.ofd"), SampleFiles.Make("pdf"));
        using var files = Containers.Open(folder.Path, CancellationToken.None);
        var forge = new ZipForge();
        forge.Add("a.ofd", SampleFiles.Make("pdf"));
        forge.Add("b.pdf", SampleFiles.Make("ofd")).Store(SampleFiles.Make("ofd"));
        forge.Add("c.txt", [.. SampleFiles.Make("png"), .. new SeededBytes(5).Take(17 << 20)]);
        using var zip = ZipContainer.Open(forge.ToBytes(), CancellationToken.None);

        Assert.Equal("pdf", FormatRecognition.Of(files, files.Entries[0], CancellationToken.None).Name.Key);
        Assert.Equal(["pdf", "ofd", "png"], zip.Entries.Select(e => FormatRecognition.Of(zip, e, CancellationToken.None).Name.Key));
    }

    [Fact]
    public void Mutants_of_files_get_a_name_within_their_time()
    {
        var seeds = new SeededBytes(20260303);
        var originals = Samples.Where(s => s != "empty").Select(SampleFiles.Make).ToList();
        originals.Add(SampleFiles.Pdf("1.5", "", SampleFiles.Packed("5 0 <</S/JavaScript>>")));
        var clock = Stopwatch.StartNew();
        for (var i = 0; i < 8000; i++)
        {
            var mutant = seeds.Mutate(originals[i % originals.Count]);
            var format = FormatRecognition.Of(mutant, CancellationToken.None);
            Assert.NotNull(Readability.Of(mutant, format, CancellationToken.None));
        }

        Assert.InRange(clock.Elapsed, TimeSpan.Zero, TimeSpan.FromMinutes(1));
    }

    [Theory]
    [InlineData("stream\n")]
    [InlineData("/JS")]
    [InlineData("/ObjStm/FlateDecode stream\nendstream ")]
    [InlineData("startxref ")]
    public void A_pdf_made_to_cost_time_costs_none(string piece)
    {
        var bytes = Encoding.Latin1.GetBytes("%PDF-1.7\n" + string.Concat(Enumerable.Repeat(piece, (4 << 20) / piece.Length)));
        var clock = Stopwatch.StartNew();

        _ = Readability.Of(bytes, FormatRecognition.Of(bytes, CancellationToken.None), CancellationToken.None);

        Assert.InRange(clock.Elapsed, TimeSpan.Zero, TimeSpan.FromSeconds(20));
    }
}

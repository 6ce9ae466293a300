using System.Globalization;
using System.IO.Compression;
using System.Text;

namespace SmartCity.SecurityCheck.Probes.ElectronicArchives;

/// <summary>Small files of real formats with invented words.</summary>
internal static class SampleContents
{
    private static readonly DateTimeOffset Written = new(2026, 3, 2, 9, 0, 0, TimeSpan.Zero);

    /// <summary>An OFD document of empty pages.</summary>
    public static byte[] Ofd(string title, int pages = 1)
    {
        const string ns = "xmlns:ofd=\"http://www.ofdspec.org/2016\"";
        var list = string.Concat(Enumerable.Range(0, pages).Select(i => string.Create(CultureInfo.InvariantCulture, $"<ofd:Page ID=\"{i + 10}\" BaseLoc=\"Pages/Page_{i}/Content.xml\"/>")));
        var parts = new List<(string, byte[])>
        {
            ("OFD.xml", Utf8($"<?xml version=\"1.0\" encoding=\"UTF-8\"?><ofd:OFD {ns} Version=\"1.0\" DocType=\"OFD\"><ofd:DocBody><ofd:DocInfo><ofd:DocID>00000000000000000000000000000001</ofd:DocID></ofd:DocInfo><ofd:DocRoot>Doc_0/Document.xml</ofd:DocRoot></ofd:DocBody></ofd:OFD>")),
            ("Doc_0/Document.xml", Utf8($"<?xml version=\"1.0\" encoding=\"UTF-8\"?><ofd:Document {ns}><ofd:CommonData><ofd:MaxUnitID>99</ofd:MaxUnitID><ofd:PageArea><ofd:PhysicalBox>0 0 210 297</ofd:PhysicalBox></ofd:PageArea></ofd:CommonData><ofd:Pages>{list}</ofd:Pages></ofd:Document>")),
        };
        parts.AddRange(Enumerable.Range(0, pages).Select(i => (string.Create(CultureInfo.InvariantCulture, $"Doc_0/Pages/Page_{i}/Content.xml"), Utf8($"<?xml version=\"1.0\" encoding=\"UTF-8\"?><ofd:Page {ns}><!-- {title} --></ofd:Page>"))));
        return Zip(parts, Encoding.UTF8);
    }

    /// <summary>A PDF of empty pages that declares PDF/A-2b.</summary>
    public static byte[] Pdf(string title, int pages = 1)
    {
        var kids = string.Join(' ', Enumerable.Range(0, pages).Select(i => string.Create(CultureInfo.InvariantCulture, $"{i + 4} 0 R")));
        var xmp = $"<?xpacket begin='' id='W5M0MpCehiHzreSzNTczkc9d'?><x:xmpmeta xmlns:x='adobe:ns:meta/'><rdf:RDF xmlns:rdf='http://www.w3.org/1999/02/22-rdf-syntax-ns#'><rdf:Description rdf:about='' xmlns:pdfaid='http://www.aiim.org/pdfa/ns/id/'><pdfaid:part>2</pdfaid:part><pdfaid:conformance>B</pdfaid:conformance></rdf:Description></rdf:RDF></x:xmpmeta><!-- {title} --><?xpacket end='w'?>";
        List<string> objects =
        [
            "<< /Type /Catalog /Pages 2 0 R /Metadata 3 0 R >>",
            string.Create(CultureInfo.InvariantCulture, $"<< /Type /Pages /Count {pages} /Kids [{kids}] >>"),
            string.Create(CultureInfo.InvariantCulture, $"<< /Type /Metadata /Subtype /XML /Length {Encoding.UTF8.GetByteCount(xmp)} >>\nstream\n{xmp}\nendstream"),
            .. Enumerable.Repeat("<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] >>", pages),
        ];
        using var bytes = new MemoryStream();
        void Write(string text) => bytes.Write(Encoding.UTF8.GetBytes(text));
        Write("%PDF-1.7\n");
        var offsets = new List<long>();
        for (var i = 0; i < objects.Count; i++)
        {
            offsets.Add(bytes.Length);
            Write(string.Create(CultureInfo.InvariantCulture, $"{i + 1} 0 obj\n{objects[i]}\nendobj\n"));
        }

        var start = bytes.Length;
        Write(string.Create(CultureInfo.InvariantCulture, $"xref\n0 {objects.Count + 1}\n0000000000 65535 f \n"));
        offsets.ForEach(o => Write(string.Create(CultureInfo.InvariantCulture, $"{o:D10} 00000 n \n")));
        Write(string.Create(CultureInfo.InvariantCulture, $"trailer\n<< /Size {objects.Count + 1} /Root 1 0 R >>\nstartxref\n{start}\n%%EOF\n"));
        return bytes.ToArray();
    }

    /// <summary>In two parts, so that scanners leave this program alone.</summary>
    public static byte[] Eicar() => Encoding.ASCII.GetBytes(string.Concat(@"X5O!P%@AP[4\PZX54(P^)7CC)7}$EICAR", "-STANDARD-ANTIVIRUS-TEST-FILE!$H+H*"));

    public static byte[] Utf8(string text) => Encoding.UTF8.GetBytes(text);

    /// <summary>A ZIP file whose times are always the same.</summary>
    /// <param name="parts">Paths and contents; the same path may occur twice.</param>
    /// <param name="names">Encoding of names; other than UTF-8 they carry no flag.</param>
    public static byte[] Zip(IEnumerable<(string Path, byte[] Bytes)> parts, Encoding names)
    {
        using var stream = new MemoryStream();
        using (var zip = new ZipArchive(stream, ZipArchiveMode.Create, leaveOpen: true, names))
        {
            foreach (var (path, bytes) in parts)
            {
                var entry = zip.CreateEntry(path, bytes.Length > 200 ? CompressionLevel.Optimal : CompressionLevel.NoCompression);
                entry.LastWriteTime = Written;
                using var content = entry.Open();
                content.Write(bytes);
            }
        }

        return stream.ToArray();
    }
}

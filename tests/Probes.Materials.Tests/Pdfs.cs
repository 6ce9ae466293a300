using System.Diagnostics;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using SmartCity.SecurityCheck.Demo;
using SmartCity.SecurityCheck.TestKit;

namespace SmartCity.SecurityCheck.Probes.Materials.Tests;

/// <summary>PDF files written by hand: a page for each text, a page without text for each picture.</summary>
internal static class Pdfs
{
    private const int Room = 8192;

    /// <param name="pages">Lines; an empty page holds a picture alone. Up to 250 different characters in all.</param>
    public static byte[] Of(params string[] pages) => Made(pages, "", []);

    /// <summary>In a font that does not say which characters its signs are.</summary>
    public static byte[] Nameless(params string[] pages) => Encoding.Latin1.GetBytes(Encoding.Latin1.GetString(Made(pages, "", [])).Replace("/ToUnicode", "/NoUnicode", StringComparison.Ordinal));

    /// <summary>With a password to open it that nobody knows.</summary>
    public static byte[] Locked() => Made(["secret"], $"/Encrypt << /Filter /Standard /V 1 /R 2 /P -4 /O <{new string('A', 64)}> /U <{new string('B', 64)}> >> /ID [<{new string('C', 32)}> <{new string('C', 32)}>]", []);

    /// <summary>With a field for a signature; what is signed is the whole file but its value.</summary>
    public static byte[] Signed(Func<byte[], byte[]> sign, params string[] pages)
    {
        var file = Made(pages, "", [$"<< /Type /Sig /Filter /Adobe.PPKLite /SubFilter /adbe.pkcs7.detached /ByteRange [0 {new string(' ', 40)}] /Contents <{new string('0', 2 * Room)}> >>"]);
        var from = file.AsSpan().IndexOf(Encoding.ASCII.GetBytes("/Contents <0")) + 10;
        var to = from + (2 * Room) + 2;
        Put(file, file.AsSpan().IndexOf("/ByteRange [0 "u8) + 14, string.Create(CultureInfo.InvariantCulture, $"{from,10} {to,12} {file.Length - to,16}"));
        Put(file, from + 1, Convert.ToHexString(sign([.. file[..from], .. file[to..]])));
        return file;
    }

    /// <summary>By `openssl cms` with a certificate made a moment ago.</summary>
    public static byte[] ByOpenSsl(byte[] content)
    {
        using var folder = new TemporaryFolder();
        var key = ForgedKey.Rsa();
        File.WriteAllBytes(folder.File("content"), content);
        File.WriteAllText(folder.File("key.pem"), key.Pem);
        File.WriteAllText(folder.File("cert.pem"), PemEncoding.WriteString("CERTIFICATE", ForgedCertificate.SelfSigned(CertificateForm.Authority("CN=nobody"), key).Der));
        using var process = Process.Start(new ProcessStartInfo("openssl", ["cms", "-sign", "-binary", "-in", folder.File("content"), "-signer", folder.File("cert.pem"), "-inkey", folder.File("key.pem"), "-outform", "DER", "-out", folder.File("value")]) { RedirectStandardError = true, UseShellExecute = false })!;
        var said = process.StandardError.ReadToEnd();
        process.WaitForExit();
        Assert.True(process.ExitCode == 0, said);
        return File.ReadAllBytes(folder.File("value"));
    }

    private static void Put(byte[] file, int at, string text) => Encoding.ASCII.GetBytes(text).CopyTo(file, at);

    private static byte[] Made(string[] pages, string trailer, IReadOnlyList<string> signatures)
    {
        var characters = string.Concat(pages).Where(c => c != '\n').Distinct().ToList();
        var code = characters.Select((c, i) => (c, Code: $"{i + 1:X2}")).ToDictionary(p => p.c, p => p.Code);
        var objects = new List<string>
        {
            $"<< /Type /Catalog /Pages 2 0 R {(signatures.Count == 0 ? "" : $"/AcroForm << /SigFlags 3 /Fields [{string.Join(' ', signatures.Select((_, i) => $"{6 + (2 * i)} 0 R"))}] >>")} >>",
            "",
            $"<< /Type /Font /Subtype /Type1 /BaseFont /Lab /FontDescriptor << /Type /FontDescriptor /FontName /Lab /Flags 4 /FontBBox [0 0 1000 1000] /ItalicAngle 0 /Ascent 800 /Descent -200 /CapHeight 800 /StemV 80 >> /FirstChar 0 /LastChar 255 /Widths [{string.Concat(Enumerable.Repeat("1000 ", 256))}] /ToUnicode 4 0 R >>",
            PaperWriting.Stream($"/CIDInit /ProcSet findresource begin 12 dict begin begincmap /CMapName /A def /CMapType 2 def 1 begincodespacerange <00> <FF> endcodespacerange {string.Concat(characters.Chunk(100).Select(c => $"{c.Length} beginbfchar {string.Concat(c.Select(x => $"<{code[x]}> <{(int)x:X4}> "))}endbfchar "))}endcmap end end"),
            PaperWriting.Stream("\u00FF\u0000\u00FF", "/Type /XObject /Subtype /Image /Width 1 /Height 1 /ColorSpace /DeviceRGB /BitsPerComponent 8"),
        };
        foreach (var signature in signatures)
        {
            objects.Add($"<< /FT /Sig /T (S{objects.Count}) /V {objects.Count + 2} 0 R >>");
            objects.Add(signature);
        }

        var kids = new List<string>();
        foreach (var page in pages)
        {
            var show = string.Concat(page.Split('\n').Select((l, i) => $"BT /F 10 Tf 20 {800 - (20 * i)} Td <{string.Concat(l.Select(c => code[c]))}> Tj ET\n"));
            objects.Add(PaperWriting.Stream(page.Length == 0 ? "500 0 0 800 0 0 cm /I Do" : show));
            objects.Add($"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Resources << /Font << /F 3 0 R >> /XObject << /I 5 0 R >> >> /Contents {objects.Count} 0 R >>");
            kids.Add($"{objects.Count} 0 R");
        }

        objects[1] = $"<< /Type /Pages /Count {kids.Count} /Kids [{string.Join(' ', kids)}] >>";
        return PaperWriting.Bound(objects, trailer);
    }
}

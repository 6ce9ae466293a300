using System.Diagnostics;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using SmartCity.SecurityCheck.TestKit;

namespace SmartCity.SecurityCheck.Probes.ElectronicArchives.Tests;

/// <summary>Signs a PDF by an incremental update (ISO 32000-1 12.8.1), with our own SM2 or with `openssl cms`.</summary>
internal static class PdfForge
{
    private const int Room = 8192;

    /// <param name="pdf">What is signed.</param>
    /// <param name="sign">Makes the message over the bytes of the range.</param>
    /// <param name="filter">SubFilter.</param>
    public static byte[] Sign(byte[] pdf, Func<byte[], byte[]> sign, string filter = "ETSI.CAdES.detached")
    {
        var head = $"90 0 obj\n<< /Type /Sig /Filter /Adobe.PPKLite /SubFilter /{filter} /M (D:20260302093000+08'00') /ByteRange [0 ";
        const string contents = "] /Contents ";
        const string tail = " >>\nendobj\ntrailer\n<< /Size 91 /Root 1 0 R >>\n%%EOF\n";
        var from = pdf.Length + head.Length + 32 + contents.Length;
        var to = from + (2 * Room) + 2;
        var range = string.Create(CultureInfo.InvariantCulture, $"{from,10} {to,10} {tail.Length,10}");
        byte[] before = [.. pdf, .. Encoding.ASCII.GetBytes(head + range + contents)];
        var after = Encoding.ASCII.GetBytes(tail);
        var value = Convert.ToHexString(sign([.. before, .. after])).PadRight(2 * Room, '0');
        return [.. before, .. Encoding.ASCII.GetBytes($"<{value}>"), .. after];
    }

    public static byte[] Sm2(byte[] content)
    {
        using var key = SealWorkshop.KeyOf(SealWorkshop.Shared.Signer);
        return SignedMessageForge.Make(content, SealWorkshop.Shared.Signer, key, attributes: true, isDetached: true);
    }

    /// <summary>By `openssl cms` with a certificate that the workshop's root issued for the key.</summary>
    public static byte[] OpenSsl(byte[] content, ForgedKey key, params IEnumerable<string> options)
    {
        using var folder = new TemporaryFolder();
        var signer = SealWorkshop.Shared.Root.Issue(SealWorkshop.Shared.Signer.Form with { Serial = 77 }, key);
        File.WriteAllBytes(folder.File("content"), content);
        File.WriteAllText(folder.File("key.pem"), key.Pem);
        File.WriteAllText(folder.File("cert.pem"), PemEncoding.WriteString("CERTIFICATE", signer.Der));
        Run(["cms", "-sign", "-binary", "-in", folder.File("content"), "-signer", folder.File("cert.pem"), "-inkey", folder.File("key.pem"), .. options, "-outform", "DER", "-out", folder.File("value")]);
        return File.ReadAllBytes(folder.File("value"));
    }

    /// <summary>A timestamp by `openssl ts` with a certificate that was made a moment ago and that nobody vouches for.</summary>
    public static byte[] Stamp(byte[] content)
    {
        using var folder = new TemporaryFolder();
        File.WriteAllBytes(folder.File("content"), content);
        File.WriteAllText(folder.File("tsa.cnf"), $"[tsa]\ndefault_tsa=one\n[one]\nserial={folder.File("serial")}\ndefault_policy=1.2.3.4.1\ndigests=sha256\nsigner_digest=sha256\ness_cert_id_alg=sha256\n");
        Run("req", "-x509", "-newkey", "rsa:2048", "-nodes", "-keyout", folder.File("key.pem"), "-out", folder.File("cert.pem"), "-days", "10", "-subj", "/CN=nobody", "-addext", "extendedKeyUsage=critical,timeStamping");
        Run("ts", "-query", "-data", folder.File("content"), "-sha256", "-cert", "-out", folder.File("query"));
        Run("ts", "-reply", "-queryfile", folder.File("query"), "-signer", folder.File("cert.pem"), "-inkey", folder.File("key.pem"), "-config", folder.File("tsa.cnf"), "-token_out", "-out", folder.File("token"));
        return File.ReadAllBytes(folder.File("token"));
    }

    private static void Run(params string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo("openssl", arguments) { RedirectStandardError = true, UseShellExecute = false })!;
        var said = process.StandardError.ReadToEnd();
        process.WaitForExit();
        Assert.True(process.ExitCode == 0, said);
    }
}

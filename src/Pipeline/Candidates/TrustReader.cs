using SmartCity.SecurityCheck.Cryptography;
using SmartCity.SecurityCheck.Judging;
using SmartCity.SecurityCheck.Model;

namespace SmartCity.SecurityCheck.Pipeline;

/// <summary>Reads the certificate and revocation list files that candidate.yaml names. What is no such file is a fault before anything is contacted.</summary>
public sealed class TrustReader(string folder, CandidateReading reading, FaultList faults)
{
    /// <summary>Longest certificate file in bytes; the largest bundles of public roots have a quarter of a megabyte.</summary>
    public const int CertificateFileCap = 4 * 1024 * 1024;

    public const string ExpectedCertificates = "PEM、DER 或 P7B 证书文件";
    public const string ExpectedLists = "PEM 或 DER 证书撤销列表（CRL）文件";

    internal TrustMaterial Read(MappingReader reader) => new()
    {
        Anchors = Files(reader, "trustAnchors", CertificateFileCap, ExpectedCertificates, "trustAnchors: [ca/root.pem]", b => b.Certificates.Count > 0),
        Intermediates = Files(reader, "intermediates", CertificateFileCap, ExpectedCertificates, "intermediates: [ca/sub.pem]", b => b.Certificates.Count > 0),
        RevocationLists = Files(reader, "crls", CertificateBundle.MaxBytes, ExpectedLists, "crls: [ca/sub.crl]", b => b.RevocationLists.Count > 0),
    };

    /// <summary>The content of a file.</summary>
    /// <param name="path">Relative to the folder of this reader's candidate, or absolute.</param>
    /// <param name="cap">Most bytes.</param>
    /// <param name="why">For people, where there is none.</param>
    public static byte[]? Content(string path, int cap, out string? why)
    {
        try
        {
            var content = RegularFile.Read(path, cap);
            why = content.Length is 0 ? "是空文件" : content.Length > cap ? $"超过 {cap} 字节" : null;
            return why is null ? content : null;
        }
        catch (NotRegularFileException odd)
        {
            why = odd.Message;
            return null;
        }
        catch (Exception trouble) when (trouble is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException)
        {
            why = "读不了";
            return null;
        }
    }

    private List<SuppliedFile> Files(MappingReader reader, string key, int cap, string expected, string example, Func<CertificateBundle, bool> fits)
    {
        var found = new List<SuppliedFile>();
        foreach (var item in reader.Items(key, example: example))
        {
            if (item is not YamlScalar { IsNull: false, Text: { Length: > 0 } name } || name.Contains('\0', StringComparison.Ordinal))
            {
                faults.Add(item.At, $"{key} 的这一项不是路径", expected, example);
            }
            else if (reading == CandidateReading.ForReplay)
            {
                found.Add(new SuppliedFile(name, default));
            }
            else if (Content(Path.Combine(folder, name), cap, out var why) is not { } content)
            {
                faults.Add(item.At, $"{key} 指向的 {name} {why}", $"{expected}（相对路径从 candidate.yaml 所在目录算起）", example);
            }
            else if (!fits(CertificateBundle.Read(content)))
            {
                faults.Add(item.At, $"{key} 指向的 {name} 里没有可读的内容", expected, example);
            }
            else
            {
                found.Add(new SuppliedFile(name, content));
            }
        }

        return found;
    }
}

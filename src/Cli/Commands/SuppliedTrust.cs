using SmartCity.SecurityCheck.Cryptography;
using SmartCity.SecurityCheck.Model;
using SmartCity.SecurityCheck.Pipeline;

namespace SmartCity.SecurityCheck.Cli;

/// <summary>Certificates and revocation lists named on the command line.</summary>
internal static class SuppliedTrust
{
    /// <exception cref="BadRequestException">A file cannot be read, or holds nothing of the kind.</exception>
    public static TrustMaterial Read(string[] certificates, string[] lists)
    {
        var (anchors, intermediates) = (new List<SuppliedFile>(), new List<SuppliedFile>());
        foreach (var path in certificates)
        {
            var (file, bundle) = Read("--ca", path, TrustReader.CertificateFileCap, TrustReader.ExpectedCertificates);
            if (bundle.Certificates.Count == 0)
            {
                throw new BadRequestException($"--ca {path} 里没有可读的证书；应为{TrustReader.ExpectedCertificates}");
            }

            foreach (var certificate in bundle.Certificates)
            {
                (certificate.IsSelfIssued ? anchors : intermediates).Add(file with { Content = certificate.Der });
            }
        }

        return new TrustMaterial { Anchors = anchors, Intermediates = intermediates, RevocationLists = [.. lists.Select(ReadList)] };
    }

    private static SuppliedFile ReadList(string path)
    {
        var (file, bundle) = Read("--crl", path, CertificateBundle.MaxBytes, TrustReader.ExpectedLists);
        return bundle.RevocationLists.Count > 0 ? file : throw new BadRequestException($"--crl {path} 里没有可读的撤销列表；应为{TrustReader.ExpectedLists}");
    }

    private static (SuppliedFile File, CertificateBundle Bundle) Read(string option, string path, int cap, string expected) =>
        TrustReader.Content(path, cap, out var why) is { } content
            ? (new SuppliedFile(path, content), CertificateBundle.Read(content))
            : throw new BadRequestException($"{option} {path} {why}；应为{expected}");
}

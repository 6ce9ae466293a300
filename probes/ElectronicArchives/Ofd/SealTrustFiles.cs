using SmartCity.SecurityCheck.Cryptography;
using SmartCity.SecurityCheck.Model;
using SmartCity.SecurityCheck.Probing;

namespace SmartCity.SecurityCheck.Probes.ElectronicArchives;

/// <summary>信任根 · certificates that signers of seals are to be chained to, from the files the candidate names.</summary>
internal static class SealTrustFiles
{
    private const int RootFileCap = 4 * 1024 * 1024;

    /// <param name="target">Names certificates in PEM, DER or P7B, revocation lists in PEM or DER, and OCSP responses in DER.</param>
    /// <exception cref="UnableException">One of them cannot be read, or holds none.</exception>
    public static SealTrust Read(ArchivePackage target)
    {
        var (lists, responses) = Revocations(target.Revocations);
        return Roots(target.TrustRoots) with { RevocationLists = lists, StatusResponses = responses };
    }

    private static (List<RevocationList> Lists, List<OcspResponse> Responses) Revocations(IReadOnlyList<string> files)
    {
        var (lists, responses) = (new List<RevocationList>(), new List<OcspResponse>());
        foreach (var file in files)
        {
            var bytes = Content(file, CertificateBundle.MaxBytes, "撤销信息文件");
            var bundle = CertificateBundle.Read(bytes);
            if (bundle.RevocationLists.Count == 0)
            {
                responses.Add(OcspResponse.TryRead(bytes, out var problem) ?? throw new UnableException(FailureKind.BadInput, $"撤销信息文件 {Path.GetFileName(file)} 不是撤销列表（CRL），也不是 OCSP 应答：{problem}"));
            }
            else if (bundle.Problems.Count > 0)
            {
                // What is not read could be the list that names a signer.
                throw new UnableException(FailureKind.BadInput, $"撤销信息文件 {Path.GetFileName(file)} 没有读全：{bundle.Problems[0]}");
            }

            lists.AddRange(bundle.RevocationLists);
        }

        return (lists, responses);
    }

    private static byte[] Content(string file, int cap, string what)
    {
        try
        {
            return RegularFile.Read(file, cap) is var bytes && bytes.Length <= cap ? bytes : throw new UnableException(FailureKind.BadInput, $"{what} {Path.GetFileName(file)} 过大");
        }
        catch (Exception trouble) when (trouble is IOException or UnauthorizedAccessException)
        {
            throw new UnableException(FailureKind.BadInput, $"{what} {Path.GetFileName(file)} 读不出", trouble);
        }
    }

    private static SealTrust Roots(IReadOnlyList<string> files)
    {
        var (anchors, intermediates) = (new List<CertificateDetails>(), new List<CertificateDetails>());
        foreach (var file in files)
        {
            var found = CertificateBundle.Read(Content(file, RootFileCap, "信任根文件")).Certificates;
            if (found.Count == 0)
            {
                throw new UnableException(FailureKind.BadInput, $"信任根文件 {Path.GetFileName(file)} 里没有可读的证书");
            }

            anchors.AddRange(found.Where(c => c.IsSelfIssued));
            intermediates.AddRange(found.Where(c => !c.IsSelfIssued));
        }

        return new SealTrust(anchors, intermediates);
    }
}

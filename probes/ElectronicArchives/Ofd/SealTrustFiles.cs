using SmartCity.SecurityCheck.Cryptography;
using SmartCity.SecurityCheck.Model;
using SmartCity.SecurityCheck.Probing;

namespace SmartCity.SecurityCheck.Probes.ElectronicArchives;

/// <summary>信任根 · certificates that signers of seals are to be chained to, from the files the candidate names.</summary>
internal static class SealTrustFiles
{
    private const int RootFileCap = 4 * 1024 * 1024;

    /// <param name="files">PEM, DER or P7B.</param>
    /// <exception cref="UnableException">One of them cannot be read, or holds none.</exception>
    public static SealTrust Read(IReadOnlyList<string> files)
    {
        var (anchors, intermediates) = (new List<CertificateDetails>(), new List<CertificateDetails>());
        foreach (var file in files)
        {
            try
            {
                var found = CertificateBundle.Read(RegularFile.Read(file, RootFileCap)).Certificates;
                if (found.Count == 0)
                {
                    throw new UnableException(FailureKind.BadInput, $"信任根文件 {Path.GetFileName(file)} 里没有可读的证书");
                }

                anchors.AddRange(found.Where(c => c.IsSelfIssued));
                intermediates.AddRange(found.Where(c => !c.IsSelfIssued));
            }
            catch (Exception trouble) when (trouble is IOException or UnauthorizedAccessException)
            {
                throw new UnableException(FailureKind.BadInput, $"信任根文件 {Path.GetFileName(file)} 读不出", trouble);
            }
        }

        return new SealTrust(anchors, intermediates);
    }
}

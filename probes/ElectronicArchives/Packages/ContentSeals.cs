using SmartCity.SecurityCheck.Cryptography;

namespace SmartCity.SecurityCheck.Probes.ElectronicArchives;

/// <summary>Signatures inside the files of a package: those of OFD and PDF, verified.</summary>
internal static class ContentSeals
{
    public static void Look(IContainer container, ContainerEntry entry, PackageFile file, ContentReading content, SealTrust trust, CancellationToken stop)
    {
        if (file.Format?.Name == "OFD")
        {
            try
            {
                using var nested = Containers.OpenNested(container, entry, 1, stop);
                file.Seals = OfdInspection.Run(nested, new OfdQuestion { File = file.Path, Trust = trust }, stop);
            }
            catch (ContainerException broken)
            {
                file.SealTrouble = $"OFD 的签章没有核验：{broken.Fault.Detail}";
            }
        }
        else if (file.Format?.Name.StartsWith("PDF", StringComparison.Ordinal) == true)
        {
            file.PdfSignatures = content.IsWhole ? PdfSignatures.Of(content.Bytes, trust, stop) : [];
            file.SealTrouble = content.IsWhole ? null : "PDF 过大，没有看是否带签名";
        }
    }
}

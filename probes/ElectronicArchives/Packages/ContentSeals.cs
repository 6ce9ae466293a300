using SmartCity.SecurityCheck.Cryptography;

namespace SmartCity.SecurityCheck.Probes.ElectronicArchives;

/// <summary>Signatures inside the files of a package: those of OFD are verified, those of PDF are noticed.</summary>
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
        else if (file.Format?.Name.StartsWith("PDF", StringComparison.Ordinal) == true && (!content.IsWhole || content.Bytes.AsSpan().IndexOf("/ByteRange"u8) >= 0))
        {
            file.SealTrouble = content.IsWhole ? "PDF 带有签名，没有核验" : "PDF 过大，没有看是否带签名";
        }
    }
}

using SmartCity.SecurityCheck.Cryptography;

namespace SmartCity.SecurityCheck.Probes.ElectronicArchives.Tests;

/// <summary>One look at the bytes of an OFD file.</summary>
internal static class OfdLook
{
    public static OfdFileFinding At(byte[] file, SealTrust? trust = null, bool shouldBeSigned = false)
    {
        try
        {
            using var container = ZipContainer.Open(file, CancellationToken.None);
            return OfdInspection.Run(container, new OfdQuestion { File = "样本.ofd", Trust = trust ?? SealWorkshop.Shared.Trust, ShouldBeSigned = shouldBeSigned }, CancellationToken.None);
        }
        catch (ContainerException refused)
        {
            return new OfdFileFinding { File = "样本.ofd", Note = refused.Message, Answer = OfdAnswer.StructureError, Reasons = [refused.Message] };
        }
    }

    public static string Why(this OfdFileFinding finding) => $"{finding.Answer}: {string.Join(" | ", finding.Reasons)}";
}

using System.Runtime.InteropServices;

namespace SmartCity.SecurityCheck.Model;

/// <summary>Whose a file is, which the framework does not tell: statx(2) and geteuid(2) of Linux.</summary>
public static partial class FileOwner
{
    private const int CurrentFolder = -100;
    private const int NoFollow = 0x100;
    private const uint Owner = 0x8;
    private const int RecordBytes = 256;
    private const int OwnerAt = 20;

    /// <summary>Number of the user this program acts as; null on other systems than Linux.</summary>
    public static uint? Running => OperatingSystem.IsLinux() ? EffectiveUser() : null;

    /// <summary>Number of the user whose it is, of a link the link's own; null on other systems than Linux and where it cannot be had.</summary>
    public static uint? Of(string path)
    {
        if (!OperatingSystem.IsLinux())
        {
            return null;
        }

        try
        {
            Span<byte> record = stackalloc byte[RecordBytes];
            var isHad = Statx(CurrentFolder, path, NoFollow, Owner, ref MemoryMarshal.GetReference(record)) == 0 && (MemoryMarshal.Read<uint>(record) & Owner) != 0;
            return isHad ? MemoryMarshal.Read<uint>(record[OwnerAt..]) : null;
        }
        catch (EntryPointNotFoundException)
        {
            return null;
        }
    }

    [LibraryImport("libc", EntryPoint = "geteuid")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial uint EffectiveUser();

    [LibraryImport("libc", EntryPoint = "statx", StringMarshalling = StringMarshalling.Utf8)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int Statx(int folder, string path, int flags, uint mask, ref byte record);
}

using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace SmartCity.SecurityCheck.Model;

/// <summary>
/// Kind and length of an open file in one call of the system (statx(2), whose record is laid out alike on all processors). The framework
/// asks three times for the length alone, which shows where tens of thousands of files are read.
/// </summary>
internal static partial class LinuxStatus
{
    private const int EmptyPath = 0x1000;
    private const uint KindAndLength = 0x1 | 0x200;
    private const int RecordBytes = 256;
    private const int ModeAt = 28;
    private const int LengthAt = 40;

    private static bool s_isMissing;

    /// <summary>False where the system or its library has no such call; then ask the framework.</summary>
    public static bool TryRead(SafeFileHandle handle, out FileKind kind, out long length)
    {
        (kind, length) = (FileKind.Other, 0);
        if (!OperatingSystem.IsLinux() || s_isMissing)
        {
            return false;
        }

        try
        {
            Span<byte> record = stackalloc byte[RecordBytes];
            if (Statx(handle, string.Empty, EmptyPath, KindAndLength, ref MemoryMarshal.GetReference(record)) != 0)
            {
                return false;
            }

            kind = (MemoryMarshal.Read<ushort>(record[ModeAt..]) & 0xf000) switch
            {
                0x8000 => FileKind.Regular,
                0x4000 => FileKind.Folder,
                _ => FileKind.Other,
            };
            length = MemoryMarshal.Read<long>(record[LengthAt..]);
            return true;
        }
        catch (EntryPointNotFoundException)
        {
            s_isMissing = true;
            return false;
        }
    }

    [LibraryImport("libc", EntryPoint = "statx", StringMarshalling = StringMarshalling.Utf8)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int Statx(SafeFileHandle directory, string path, int flags, uint mask, ref byte record);

    internal enum FileKind
    {
        Regular,
        Folder,

        /// <summary>Pipe, device, socket.</summary>
        Other,
    }
}

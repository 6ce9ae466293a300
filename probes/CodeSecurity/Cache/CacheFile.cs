using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using SmartCity.SecurityCheck.Cryptography;
using SmartCity.SecurityCheck.Model;
using SmartCity.SecurityCheck.Probing;

namespace SmartCity.SecurityCheck.Probes.CodeSecurity;

/// <summary>
/// One file of a cache: a line with the SM3 of key and content, then the content as JSON. What another build, other rules or another tree wrote,
/// what was cut or changed, is as if it were not there. The checksum finds accidents and other tools; who may write to the folder can forge it, so
/// that nobody but its owner may.
/// </summary>
/// <param name="folder">That exists.</param>
/// <param name="name">Of the file; a new content takes the place of the old one.</param>
/// <param name="key">Everything on which the content hangs, in words.</param>
internal sealed class CacheFile(string folder, string name, string key)
{
    private const int SizeCap = 256 * 1024 * 1024;
    private const int ChecksumLength = 64;

    private readonly string _path = Path.Combine(folder, name);

    /// <summary>Of this build: another one sees other things.</summary>
    public static string Build { get; } = string.Join('\n', new[] { typeof(CacheFile), typeof(ProbeContext), typeof(Sm3), typeof(Severity) }.Select(t => $"{t.Module.ModuleVersionId:N}"));

    /// <summary>A name for what a path names, which does not tell it.</summary>
    public static string NameOf(string kind, string root) => $"{kind}-{Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(root)).AsSpan(0, 16))}.cache";

    /// <summary>Null where there is none that fits.</summary>
    public T? Read<T>()
        where T : class
    {
        try
        {
            if (!File.Exists(_path) || new FileInfo(_path).LinkTarget is not null)
            {
                return null;
            }

            var bytes = RegularFile.Read(_path, SizeCap);
            return bytes.Length > ChecksumLength && bytes[ChecksumLength] == '\n' && Encoding.ASCII.GetString(bytes, 0, ChecksumLength) == Checksum(bytes.AsSpan(ChecksumLength + 1))
                ? JsonSerializer.Deserialize<T>(bytes.AsSpan(ChecksumLength + 1), ObservationJson.Compact)
                : null;
        }
        catch (Exception unusable) when (unusable is IOException or UnauthorizedAccessException or JsonException or NotSupportedException)
        {
            return null;
        }
    }

    /// <summary>Whole or not at all; that it could not be written is no trouble of the run.</summary>
    public void Write<T>(T content)
    {
        var json = ObservationJson.ToFile(content);
        if (json.Length > SizeCap - ChecksumLength - 1)
        {
            return;
        }

        Put(_path, Encoding.ASCII.GetBytes(Checksum(json) + "\n"), json);
    }

    /// <summary>Whole or not at all.</summary>
    public static void Put(string path, params byte[][] parts)
    {
        var beside = $"{path}.{Environment.ProcessId}";
        try
        {
            using (var stream = new FileStream(beside, FileMode.Create, FileAccess.Write))
            {
                foreach (var part in parts)
                {
                    stream.Write(part);
                }
            }

            File.Move(beside, path, overwrite: true);
        }
        catch (Exception trouble) when (trouble is IOException or UnauthorizedAccessException)
        {
            Forget(beside);
        }
    }

    private static void Forget(string path)
    {
        try
        {
            File.Delete(path);
        }
        catch (Exception trouble) when (trouble is IOException or UnauthorizedAccessException)
        {
            // The folder is full or gone: nothing more can be done about it.
        }
    }

    private string Checksum(ReadOnlySpan<byte> content)
    {
        var bytes = new byte[Encoding.UTF8.GetByteCount(key) + 1 + content.Length];
        content.CopyTo(bytes.AsSpan(Encoding.UTF8.GetBytes(key, bytes) + 1));
        return Convert.ToHexStringLower(Sm3.HashData(bytes));
    }
}

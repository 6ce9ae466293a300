using System.Text;
using System.Text.Json;
using SmartCity.SecurityCheck.Model;

namespace SmartCity.SecurityCheck.Pipeline;

/// <summary>A pack while it is being written. Until <see cref="Finish"/> a marker file says that it is none yet.</summary>
public sealed class PackFolder
{
    private static readonly UTF8Encoding Utf8 = new(encoderShouldEmitUTF8Identifier: false);

    private PackFolder(string path) => Path = path;

    public string Path { get; }

    /// <exception cref="PackException">The folder exists and is not empty, or cannot be written.</exception>
    public static PackFolder Create(string path)
    {
        var full = System.IO.Path.GetFullPath(path);
        try
        {
            if (File.Exists(full) || (Directory.Exists(full) && Directory.EnumerateFileSystemEntries(full).Any()))
            {
                throw new PackException($"输出目录 {full} 已存在且不为空；请换一个目录，证据包不覆盖旧的");
            }

            Directory.CreateDirectory(full);
            var pack = new PackFolder(full);
            pack.WriteText(PackLayout.Unfinished, "此证据包尚未完成：运行中，或运行被强行终止。不得作为结果使用。\n");
            return pack;
        }
        catch (Exception trouble) when (trouble is IOException or UnauthorizedAccessException)
        {
            throw new PackException($"输出目录 {full} 无法写入：{trouble.Message}", trouble);
        }
    }

    public string FullPath(string relativePath) => System.IO.Path.Combine(Path, relativePath.Replace('/', System.IO.Path.DirectorySeparatorChar));

    public void WriteText(string relativePath, string text) => WriteBytes(relativePath, Utf8.GetBytes(text));

    public void WriteJson<T>(string relativePath, T value) =>
        WriteBytes(relativePath, [.. JsonSerializer.SerializeToUtf8Bytes(value, ObservationJson.Options), (byte)'\n']);

    public void WriteBytes(string relativePath, byte[] bytes)
    {
        var path = FullPath(relativePath);
        Directory.CreateDirectory(System.IO.Path.GetDirectoryName(path)!);
        File.WriteAllBytes(path, bytes);
    }

    /// <summary>The last act: what follows is a pack, or a difference.</summary>
    public void Finish() => File.Delete(FullPath(PackLayout.Unfinished));
}

/// <summary>A pack cannot be written or read. The message is for people.</summary>
public sealed class PackException(string message, Exception? cause = null) : Exception(message, cause);

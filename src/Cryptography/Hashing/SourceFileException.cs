using SmartCity.SecurityCheck.Model;

namespace SmartCity.SecurityCheck.Cryptography;

/// <summary>Why one file could not be read; never leaves <see cref="FileHashing"/>.</summary>
internal sealed class SourceFileException : Exception
{
    private SourceFileException(string message, Exception? inner)
        : base(message, inner)
    {
    }

    public static SourceFileException LengthChanged(long before) =>
        new($"文件在读取期间长度发生变化（打开时为 {before} 字节），摘要作废。", inner: null);

    /// <summary>True for what opening and reading a file may throw.</summary>
    public static bool Covers(Exception e) => e is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException;

    public static SourceFileException From(Exception e) => new(
        e switch
        {
            FileNotFoundException or DirectoryNotFoundException => "文件不存在。",
            NotRegularFileException => $"{e.Message}。",
            UnauthorizedAccessException => "没有读取权限。",
            PathTooLongException => "路径过长。",
            IOException => $"读取失败：{e.Message}",
            _ => $"路径无效：{e.Message}",
        },
        e);
}

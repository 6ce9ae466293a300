using System.Security.Cryptography;
using System.Text;
using SmartCity.SecurityCheck.Model;

namespace SmartCity.SecurityCheck.Probes.CodeSecurity;

/// <summary>
/// One file of a cache that only who has the tree can read: its key is made of what the tree says, so that nothing of its settings lies in the folder of the cache
/// in the clear. What another build, other rules or another tree wrote, what was cut or changed, is as if it were not there.
/// </summary>
/// <param name="folder">That exists.</param>
/// <param name="name">Of the file; a new content takes the place of the old one.</param>
/// <param name="key">Everything on which the content hangs, in words.</param>
internal sealed class SealedFile(string folder, string name, string key)
{
    public const int SizeCap = 256 * 1024 * 1024;
    private const int NonceLength = 12;
    private const int TagLength = 16;

    private readonly string _path = Path.Combine(folder, name);
    private readonly byte[] _key = SHA256.HashData(Encoding.UTF8.GetBytes(key));

    /// <summary>Null where there is none that fits.</summary>
    public byte[]? Read()
    {
        try
        {
            if (!File.Exists(_path) || new FileInfo(_path).LinkTarget is not null)
            {
                return null;
            }

            var bytes = RegularFile.Read(_path, SizeCap);
            if (bytes.Length < NonceLength + TagLength)
            {
                return null;
            }

            var content = new byte[bytes.Length - NonceLength - TagLength];
            using var cipher = new AesGcm(_key, TagLength);
            cipher.Decrypt(bytes.AsSpan(0, NonceLength), bytes.AsSpan(NonceLength + TagLength), bytes.AsSpan(NonceLength, TagLength), content);
            return content;
        }
        catch (Exception unusable) when (unusable is IOException or UnauthorizedAccessException or CryptographicException)
        {
            return null;
        }
    }

    /// <summary>Whole or not at all; that it could not be written is no trouble of the run.</summary>
    public void Write(byte[] content)
    {
        if (content.Length > SizeCap - NonceLength - TagLength)
        {
            return;
        }

        var bytes = new byte[NonceLength + TagLength + content.Length];
        RandomNumberGenerator.Fill(bytes.AsSpan(0, NonceLength));
        using (var cipher = new AesGcm(_key, TagLength))
        {
            cipher.Encrypt(bytes.AsSpan(0, NonceLength), content, bytes.AsSpan(NonceLength + TagLength), bytes.AsSpan(NonceLength, TagLength));
        }

        CacheFile.Put(_path, bytes);
    }
}

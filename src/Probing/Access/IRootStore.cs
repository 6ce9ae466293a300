using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace SmartCity.SecurityCheck.Probing;

/// <summary>Roots that this machine trusts. Every machine has its own: whoever uses them says which store it was.</summary>
public interface IRootStore
{
    /// <summary>The store's name, for people and records.</summary>
    string Name { get; }

    /// <summary>DER; empty where the machine has no store or does not let it be read.</summary>
    IReadOnlyList<ReadOnlyMemory<byte>> Load();
}

/// <summary>The root store of the operating system, read once a process.</summary>
public sealed class PlatformRootStore : IRootStore
{
    private static readonly Lazy<IReadOnlyList<ReadOnlyMemory<byte>>> Roots = new(Read);

    public static PlatformRootStore Instance { get; } = new();

    public string Name => "本机根证书库（LocalMachine/Root）";

    public IReadOnlyList<ReadOnlyMemory<byte>> Load() => Roots.Value;

    private static IReadOnlyList<ReadOnlyMemory<byte>> Read()
    {
        try
        {
            using var store = new X509Store(StoreName.Root, StoreLocation.LocalMachine, OpenFlags.ReadOnly | OpenFlags.OpenExistingOnly);
            return [.. store.Certificates.Select(c => (ReadOnlyMemory<byte>)c.RawData)];
        }
        catch (Exception none) when (none is CryptographicException or System.Security.SecurityException or PlatformNotSupportedException)
        {
            return [];
        }
    }
}

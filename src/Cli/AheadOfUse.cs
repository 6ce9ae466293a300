using System.Net.Sockets;
using System.Security.Cryptography;
using SmartCity.SecurityCheck.Model;

namespace SmartCity.SecurityCheck.Cli;

/// <summary>What <c>probe tls</c> will need is loaded on the second core while the first reads the command line. Nothing is connected.</summary>
internal static class AheadOfUse
{
    public static void Begin(string[] args)
    {
        if (args is not ["probe", "tls" or "协议", ..])
        {
            return;
        }

        ThreadPool.UnsafeQueueUserWorkItem(static _ => Load(), null);
    }

    private static void Load()
    {
        try
        {
            SHA256.HashData([]);
            new Socket(SocketType.Stream, ProtocolType.Tcp).Dispose();
            Product.ProbesOf(Pillar.Tls);
        }
        catch (Exception trouble) when (trouble is SocketException or CryptographicException or TypeInitializationException)
        {
            // Whoever needs it meets the same trouble and says it where it matters.
        }
    }
}

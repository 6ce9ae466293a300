using System.Net;
using System.Net.Sockets;
using System.Text;

namespace SmartCity.SecurityCheck.Probes.Exposure.Tests;

/// <summary>A port of 127.0.0.1 that says one line to everybody and hangs up.</summary>
internal sealed class Greeting : IDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);

    public Greeting(string line)
    {
        _listener.Start();
        _ = ServeAsync(Encoding.ASCII.GetBytes(line));
    }

    public int Port => ((IPEndPoint)_listener.LocalEndpoint).Port;

    public void Dispose() => _listener.Dispose();

    private async Task ServeAsync(byte[] line)
    {
        try
        {
            while (true)
            {
                using var caller = await _listener.AcceptTcpClientAsync();
                await caller.GetStream().WriteAsync(line);
                await Task.Delay(200);
            }
        }
        catch (Exception gone) when (gone is SocketException or ObjectDisposedException or IOException)
        {
            // The test is over, or the caller left.
        }
    }
}

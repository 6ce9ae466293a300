namespace SmartCity.SecurityCheck.Probes.Tls;

/// <summary>
/// Signs, on connections made for other reasons, that several servers may stand behind a port: different addresses, or habits of one
/// version that no hello explains. They prove nothing and are a reason to ask again.
/// </summary>
internal sealed class BackendSigns
{
    /// <summary>Answered or not by the suite selected, or by what the server has at hand: status_request, ec_point_formats, encrypt_then_mac.</summary>
    private static readonly ushort[] Unsteady = [5, 11, 22];

    private readonly Dictionary<string, string> _habits = new(StringComparer.Ordinal);
    private string? _address;

    public bool AreSeen { get; private set; }

    public void Take(HelloExchange exchange)
    {
        if (exchange.RemoteAddress is { } address)
        {
            _address ??= address;
            AreSeen |= !string.Equals(_address, address, StringComparison.Ordinal);
        }

        if (exchange is { Hello: { } hello, Reply: Selected { Flight: { IsWhole: true } flight } } && flight.Hello.Version != ProtocolVersion.Tls13.Wire)
        {
            var asked = $"{flight.Hello.Version} {hello.ServerName} {string.Join(',', hello.FurtherExtensions.Select(e => e.Key))}";
            Compare($"session id: {asked}", $"{flight.Hello.SessionId.Length}");
            Compare($"extensions: {asked}", string.Join(',', flight.Hello.Extensions.Select(e => e.Key).Except(Unsteady)));
            if (CurveOf(flight) is { } curve)
            {
                Compare($"curve: {asked} {flight.Hello.Suite} {string.Join(',', hello.Groups)}", $"{curve}");
            }
        }
    }

    private void Compare(string asked, string seen) => AreSeen |= !_habits.TryAdd(asked, seen) && !string.Equals(_habits[asked], seen, StringComparison.Ordinal);

    private static ushort? CurveOf(ServerFlight flight)
    {
        try
        {
            return KeyExchange.Read(flight)?.Group;
        }
        catch (MalformedFlightException)
        {
            return null;
        }
    }
}

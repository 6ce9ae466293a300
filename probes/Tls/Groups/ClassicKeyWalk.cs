namespace SmartCity.SecurityCheck.Probes.Tls;

/// <summary>
/// Curves of ECDHE and signature schemes of one version up to TLS 1.2, out of ServerKeyExchange: what the server used is taken away until
/// it refuses. Both are taken away in the same hellos as long as that goes, which halves their number.
/// </summary>
internal sealed class ClassicKeyWalk
{
    /// <summary>A port that shows itself in fewer connections is not asked for every scheme beyond them.</summary>
    private const int Gentle = 24;

    /// <summary>A port that needed more than these anyway is.</summary>
    internal const int Talkative = 40;

    private readonly PortDialogue _dialogue;
    private readonly ProtocolVersion _version;
    private readonly ClientHello _pattern;
    private readonly List<ushort> _curveSuites;
    private readonly List<ushort> _signedSuites;
    private readonly List<RemovalStep> _groups = [];
    private readonly List<RemovalStep> _witnesses = [];
    private readonly List<ushort> _schemes = [];
    private readonly List<ushort> _groupsLeft;

    /// <param name="dialogue">With the port.</param>
    /// <param name="inquiry">Of the version.</param>
    /// <param name="suites">Accepted in it.</param>
    public ClassicKeyWalk(PortDialogue dialogue, VersionInquiry inquiry, IReadOnlyList<ushort> suites)
    {
        _dialogue = dialogue;
        _version = inquiry.Version;
        _pattern = inquiry.Asked.Hello with { PadTo = null };
        var names = suites.Where(s => !IsShared(CipherSuites.NameOf(s))).ToList();
        _curveSuites = [.. names.Where(IsEcdhe).Take(FlightLimits.MaxMessages)];
        _signedSuites = [.. names.Where(IsSigned).Take(FlightLimits.MaxMessages)];
        foreach (var exchange in dialogue.Exchanges.Where(e => e is { Reply: Selected { Flight.Hello: var hello }, Hello: not null } && hello.Version == _version.Wire))
        {
            Learn(exchange);
        }

        var found = _groups.Select(s => s.Selected).ToHashSet();
        _groupsLeft = [.. NamedGroups.ForEcdhe.Where(g => !found.Contains(g))];
    }

    /// <summary>True for a port that showed the rest of itself in so few connections that asking for every scheme would double them.</summary>
    public static bool HasAskedEnough(int opened) => opened is >= Gentle and < Talkative;

    private bool HasSchemes => _version == ProtocolVersion.Tls12 && _signedSuites.Count > 0;

    /// <summary>An ECDSA certificate is only usable where its own curve is offered, so that ECDSA suites alone cannot show every other one.</summary>
    private bool IsCurveFree => _curveSuites.Exists(s => !CipherSuites.NameOf(s).Contains("ECDSA", StringComparison.Ordinal));

    /// <returns>Groups and, for TLS 1.2, schemes; null where no suite of the kind is accepted.</returns>
    public async Task<(GroupEnumeration? Groups, GroupEnumeration? Schemes)> RunAsync(CancellationToken cancellationToken)
    {
        var isGroupsWhole = _curveSuites.Count > 0 && await DrainGroupsAsync(cancellationToken);
        var groups = _curveSuites.Count == 0 ? null : await ArrangeAsync(isGroupsWhole, cancellationToken);
        if (!HasSchemes)
        {
            return (groups, null);
        }

        var isClean = await DrainAsync(SignatureSchemes.Broken, isBounded: false, cancellationToken);
        var isWhole = isClean && await DrainAsync(SignatureSchemes.All, isBounded: true, cancellationToken);
        return (groups, new GroupEnumeration
        {
            Accepted = [.. _schemes.Order()],
            IsWhole = isWhole,
            IsWithoutBroken = isClean && !_schemes.Exists(SignatureSchemes.Broken.Contains),
        });
    }

    private async Task<bool> DrainGroupsAsync(CancellationToken cancellationToken)
    {
        var isJoint = HasSchemes && IsCurveFree;
        while (_groupsLeft.Count > 0 && !_dialogue.IsTired)
        {
            // Behind the usual ones the next answer is likely to be the refusal, which has to speak of the groups alone.
            isJoint = isJoint && _groupsLeft.Exists(g => Array.IndexOf(Tls13GroupWalk.Usual, g) >= 0 && !Tls13GroupWalk.SeemsStrange(_dialogue, g));
            var answer = await AskAsync(_curveSuites, _groupsLeft, isJoint ? [.. SignatureSchemes.All.Except(_schemes)] : _pattern.SignatureAlgorithms, cancellationToken);
            if (Learn(answer.Exchange))
            {
                continue;
            }

            if (isJoint)
            {
                // Groups or schemes may have run out; with all schemes it can only be the groups.
                isJoint = false;
            }
            else if (!GroupEnumeration.IsRefusal(answer) || IsCurveFree)
            {
                return GroupEnumeration.IsRefusal(answer);
            }
            else if (await AskBesideAsync(cancellationToken) is { } isWhole)
            {
                return isWhole;
            }
        }

        return _groupsLeft.Count == 0;
    }

    /// <summary>
    /// An ECDSA certificate cannot be used without the curve of its key, so that the groups left were refused for want of that. Beside each
    /// curve the server has used they are offered once more: where it takes the known one or refuses, no hello makes it take another. The
    /// curve of the key alone is enough, because every hello that is not refused has to offer it.
    /// </summary>
    /// <returns>Null where a further group came to light.</returns>
    private async Task<bool?> AskBesideAsync(CancellationToken cancellationToken)
    {
        var seen = _groups.ConvertAll(s => s.Selected);
        foreach (var known in KeyCurve() is { } own && seen.Contains(own) ? [own] : seen)
        {
            if (_dialogue.IsTired)
            {
                return false;
            }

            var answer = await AskAsync(_curveSuites, [.. _groupsLeft, known], _pattern.SignatureAlgorithms, cancellationToken);
            if (Learn(answer.Exchange))
            {
                return null;
            }

            if (KeyOf(answer.Exchange)?.Group != known && !GroupEnumeration.IsRefusal(answer))
            {
                return false;
            }
        }

        return seen.Count > 0;
    }

    /// <summary>Of the certificate shown with the suites asked for; null where no single curve is known.</summary>
    private ushort? KeyCurve()
    {
        var curves = _dialogue.Exchanges
            .Select(e => e.Reply).OfType<Selected>().Select(s => s.Flight)
            .Where(f => f.Hello.Version == _version.Wire && _curveSuites.Contains(f.Hello.Suite))
            .Select(LeafCurve).Distinct().ToList();
        return curves.Count == 1 ? curves[0] : null;
    }

    private static ushort? LeafCurve(ServerFlight flight)
    {
        try
        {
            var leaf = flight.Certificates() is { Count: > 0 } certificates ? CertificateReader.Read(certificates[0], 0) : null;
            return leaf is { KeyCurve: { IsKnown: true, Value: { } curve } }
                ? curve switch { "P-256" => 23, "P-384" => 24, "P-521" => 25, "P-224" => 21, _ => null }
                : null;
        }
        catch (MalformedFlightException)
        {
            return null;
        }
    }

    private async Task<bool> DrainAsync(IReadOnlyList<ushort> schemes, bool isBounded, CancellationToken cancellationToken)
    {
        while (schemes.Except(_schemes).ToList() is { Count: > 0 } left)
        {
            if (_dialogue.IsTired || (isBounded && HasAskedEnough(_dialogue.Opened)))
            {
                return false;
            }

            var answer = await AskAsync(_signedSuites, _pattern.Groups, left, cancellationToken);
            if (!Learn(answer.Exchange))
            {
                return GroupEnumeration.IsRefusal(answer);
            }
        }

        return true;
    }

    private async Task<GroupEnumeration> ArrangeAsync(bool isWhole, CancellationToken cancellationToken)
    {
        var order = new RemovalOrder(
            async groups => KeyOf((await AskAsync(_curveSuites, groups, _pattern.SignatureAlgorithms, cancellationToken)).Exchange)?.Group,
            Tls13GroupWalk.Rank)
        {
            First = _groups.FirstOrDefault(),
            Witnesses = _witnesses,
        };
        order.Take(_groups.Skip(1));
        var (accepted, preference) = await order.ArrangeAsync(_groups);
        return new GroupEnumeration { Accepted = accepted, IsWhole = isWhole, ServerPrefers = preference };
    }

    /// <returns>True where the flight named a group or scheme not seen before.</returns>
    private bool Learn(HelloExchange exchange)
    {
        if (KeyOf(exchange) is not { } key)
        {
            return false;
        }

        var isNew = false;
        var hello = exchange.Hello!;
        if (key.Group is { } named && hello.Groups.Contains(named))
        {
            _witnesses.Add(new RemovalStep(hello.Groups, named));
        }

        if (key.Group is { } group && _groups.TrueForAll(s => s.Selected != group) && (hello.Groups.Count == 0 || hello.Groups.Contains(group)))
        {
            _groups.Add(new RemovalStep(hello.Groups.Count > 0 ? hello.Groups : [group], group));
            _groupsLeft?.Remove(group);
            isNew = true;
        }

        if (key.Scheme is { } scheme && !_schemes.Contains(scheme) && hello.SignatureAlgorithms.Contains(scheme))
        {
            _schemes.Add(scheme);
            isNew = true;
        }

        return isNew;
    }

    private KeyExchange? KeyOf(HelloExchange exchange)
    {
        try
        {
            return exchange.Reply is Selected { Flight: { } flight } && flight.Hello.Version == _version.Wire ? KeyExchange.Read(flight) : null;
        }
        catch (MalformedFlightException)
        {
            return null;
        }
    }

    private Task<SettledAnswer> AskAsync(IReadOnlyList<ushort> suites, IReadOnlyList<ushort> groups, IReadOnlyList<ushort> schemes, CancellationToken cancellationToken) =>
        _dialogue.AskAsync(
            new LabelledHello($"{_version.Name} key exchange, {groups.Count} groups", _pattern with { Suites = [.. suites, CipherSuites.RenegotiationInfoScsv], Groups = [.. groups], SignatureAlgorithms = schemes }),
            cancellationToken);

    private static bool IsShared(string name) => name.Contains("PSK", StringComparison.Ordinal) || name.Contains("SRP", StringComparison.Ordinal);

    private static bool IsEcdhe(ushort suite) =>
        CipherSuites.NameOf(suite) is var name && (name.Contains("ECDHE_", StringComparison.Ordinal) || name.Contains("ECDH_anon", StringComparison.OrdinalIgnoreCase)) && suite >> 8 != 0xE0;

    private static bool IsSigned(ushort suite) => CipherSuites.NameOf(suite) is var name && name.Contains("DHE_", StringComparison.Ordinal) && suite >> 8 != 0xE0;
}

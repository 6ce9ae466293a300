namespace SmartCity.SecurityCheck.Probes.Tls;

/// <summary>
/// Finds every suite of one version by offering all of them and taking away what the server selects, until it refuses what is left.
/// One long list shows the server's order by itself; a port that drops long lists is asked in pieces, whose orders are then merged.
/// </summary>
internal sealed class SuiteWalk
{
    /// <summary>Longest list every server is known to read.</summary>
    public const int Narrow = 64;

    private readonly PortDialogue _dialogue;
    private readonly ProtocolVersion _version;
    private readonly SuiteQuestions _questions;
    private readonly List<RemovalStep> _steps = [];
    private readonly List<RemovalStep> _witnesses = [];
    private readonly List<HelloExchange> _refusals = [];
    private readonly TaskCompletionSource _firstAnswer = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private HelloReply? _last;
    private string? _trouble;
    private int _depth;
    private bool _isFirstShown;

    /// <param name="dialogue">With the port.</param>
    /// <param name="inquiry">Of a proven version; its last hello and answer are the first step.</param>
    public SuiteWalk(PortDialogue dialogue, VersionInquiry inquiry)
    {
        _dialogue = dialogue;
        _version = inquiry.Version;
        _questions = new SuiteQuestions(dialogue, inquiry);
        if (inquiry.Last is Selected { Flight.Hello.Suite: not CipherSuites.RenegotiationInfoScsv and var first })
        {
            _steps.Add(new RemovalStep(inquiry.Asked.Hello.Suites, first));
        }
    }

    private IEnumerable<ushort> Found => _steps.Select(s => s.Selected);

    /// <summary>Ends with the first answer to the longest list, which tells whether other walks may send such lists.</summary>
    public Task FirstAnswer => _firstAnswer.Task;

    /// <summary>The hellos behind which nothing was left, in the order asked.</summary>
    public IReadOnlyList<HelloExchange> Refusals => _refusals;

    public async Task<SuiteEnumeration> RunAsync(CancellationToken cancellationToken)
    {
        try
        {
            return await WalkAsync(cancellationToken);
        }
        finally
        {
            _firstAnswer.TrySetResult();
        }
    }

    private async Task<SuiteEnumeration> WalkAsync(CancellationToken cancellationToken)
    {
        var order = new RemovalOrder(
            async suites => _dialogue.IsTired ? null : await _questions.PickAsync(suites, "order", cancellationToken),
            suite => -(int)SuiteTraits.Of(suite).Class) { First = _steps.FirstOrDefault(), Witnesses = _witnesses };
        var pieces = Pieces(_dialogue.MaxSuites);
        var ending = await DrainAsync(pieces[0], cancellationToken);
        if (ending == DrainEnding.Dropped)
        {
            pieces = Pieces(Narrow);
            ending = await DrainAsync(pieces[0], cancellationToken);
            NoteShortReader(ending);
        }

        _firstAnswer.TrySetResult();
        order.Take(_steps.Skip(order.First is null ? 0 : 1));
        foreach (var piece in pieces.Skip(1).TakeWhile(_ => ending == DrainEnding.Refused))
        {
            var before = _steps.Count;
            ending = await DrainAsync(piece, cancellationToken);
            order.Take(_steps.Skip(before));
        }

        ending = await DrainBesideDheAsync(order, ending, cancellationToken);
        await _questions.RideAloneAsync(_steps, cancellationToken);
        var (suites, preference) = await order.ArrangeAsync(_steps);
        return new SuiteEnumeration
        {
            Version = _version,
            Suites = suites,
            IsWhole = ending == DrainEnding.Refused,
            RestsOn = _last as Closed,
            ServerPrefers = preference,
            Trouble = ending == DrainEnding.Refused ? null : _trouble,
        };
    }

    /// <summary>
    /// Some servers choose a DHE suite, find that they have no usable parameters, and give up, so that a refusal hides what they would have
    /// taken instead. Where no DHE suite was selected the others are offered once more without any.
    /// </summary>
    private async Task<DrainEnding> DrainBesideDheAsync(RemovalOrder order, DrainEnding ending, CancellationToken cancellationToken)
    {
        var isErring = ending == DrainEnding.Unclear && _last is Alerted { Alert.Description: TlsAlert.InternalError };
        if ((ending != DrainEnding.Refused && !isErring) || _version == ProtocolVersion.Tls13 || _version == ProtocolVersion.Tlcp11 || Found.Any(IsDhe))
        {
            return ending;
        }

        foreach (var piece in Pieces(_dialogue.MaxSuites).Select(p => p.Where(s => !IsDhe(s)).ToList()).Where(p => p.Except(Found).Any()))
        {
            var before = _steps.Count;
            var beside = await DrainAsync(piece, cancellationToken);
            order.Take(_steps.Skip(before));
            if (beside != DrainEnding.Refused)
            {
                return beside;
            }
        }

        // An error is no refusal, so that the DHE suites stay open.
        return ending;
    }

    private static bool IsDhe(ushort suite) =>
        CipherSuites.NameOf(suite) is var name && (name.Contains("_DHE_", StringComparison.Ordinal) || name.Contains("_DH_anon", StringComparison.OrdinalIgnoreCase));

    private List<IReadOnlyList<ushort>> Pieces(int longest)
    {
        IReadOnlyList<IReadOnlyList<ushort>> lists = _version == ProtocolVersion.Tlcp11
            ? [SuiteCatalogue.Tlcp, SuiteCatalogue.TlcpForeign]
            : [_version == ProtocolVersion.Tls13 ? SuiteCatalogue.Tls13 : SuiteCatalogue.Classic];

        // The common ones stand at the end and are asked for first where the list has to be cut.
        return [.. lists.SelectMany(l => l.Count <= longest ? [l] : l.Reverse().Chunk(Math.Min(longest, Narrow - 1)).Select(c => (IReadOnlyList<ushort>)[.. c.Reverse()]))];
    }

    private async Task<DrainEnding> DrainAsync(IReadOnlyList<ushort> piece, CancellationToken cancellationToken)
    {
        var left = piece.Except(Found).ToList();
        while (left.Count > 0)
        {
            if (_dialogue.IsTired)
            {
                _trouble = "端口让人等得太久，或接受的套件多得不可信，没有问完";
                return DrainEnding.Unclear;
            }

            var answer = await _questions.AskAsync(left, _steps.Count, cancellationToken);
            _last = answer.Reply;
            if (_questions.Taken(answer) is not { } suite)
            {
                var ending = await EndAsync(answer, left, cancellationToken);
                if (ending == DrainEnding.Refused)
                {
                    _refusals.Add(answer.Exchange);
                }

                return ending;
            }

            var offered = answer.Exchange.Hello!.Suites;
            var at = left.IndexOf(suite);
            if (offered.Contains(suite))
            {
                _witnesses.Add(new RemovalStep(offered, suite));
            }

            if (at < 0 && IsFirstAgain(suite, offered))
            {
                continue;
            }

            if (at < 0)
            {
                _trouble = $"服务器选定了{(offered.Contains(suite) ? "不是套件的" : "没有提供给它的套件")} {CipherSuites.NameOf(suite)}";
                return DrainEnding.Unclear;
            }

            _firstAnswer.TrySetResult();
            _depth = Math.Max(_depth, at + 1);
            _steps.Add(new RemovalStep([.. left], suite));
            left.RemoveAt(at);
        }

        return DrainEnding.Refused;
    }

    /// <summary>The first suite, where it was offered again: once a walk, so that whoever answers with it for ever is not asked for ever.</summary>
    private bool IsFirstAgain(ushort suite, IReadOnlyList<ushort> offered)
    {
        var isAgain = !_isFirstShown && _steps is [var first, ..] && first.Selected == suite && offered.Contains(suite);
        _isFirstShown |= isAgain;
        return isAgain;
    }

    private async Task<DrainEnding> EndAsync(SettledAnswer answer, List<ushort> left, CancellationToken cancellationToken)
    {
        var isLong = left.Count > Narrow;
        switch (answer.Reply)
        {
            case Selected:
            case Alerted { Alert.Description: TlsAlert.HandshakeFailure or TlsAlert.InsufficientSecurity or TlsAlert.ProtocolVersion }:
                return !isLong || left.Count <= _depth + SuiteCatalogue.Unread || await IsReadToTheEndAsync(left, cancellationToken)
                    ? DrainEnding.Refused
                    : DrainEnding.Dropped;
            case Closed when answer.DoorConfirmed && (!isLong || _depth > Narrow):
                _dialogue.Note(BehaviourKind.ClosesInsteadOfAlert);
                return DrainEnding.Refused;
            default:
                _trouble = $"最后一次询问没有得到明确的拒绝（{answer.Reply.Describe()}）";
                return isLong && _depth == 0 ? DrainEnding.Dropped : DrainEnding.Unclear;
        }
    }

    /// <summary>A list cut off by its reader is refused as well: with a suite known to be accepted behind it, it must not be.</summary>
    private async Task<bool> IsReadToTheEndAsync(List<ushort> left, CancellationToken cancellationToken)
    {
        if (_steps.Count == 0)
        {
            return false;
        }

        var known = _steps[0].Selected;
        return await _questions.PickAsync([.. left, known], "end of list", cancellationToken) == known;
    }

    private void NoteShortReader(DrainEnding ending)
    {
        // Where the short list is refused by closing too, its length says nothing.
        if (ending == DrainEnding.Refused && (_depth > 0 || _last is Alerted))
        {
            _dialogue.MaxSuites = Narrow;
            _dialogue.Note(BehaviourKind.ClosesAbove64Suites);
        }
    }

    private enum DrainEnding
    {
        /// <summary>What was left was refused cleanly.</summary>
        Refused,

        /// <summary>A long list was not read, or not to its end.</summary>
        Dropped,
        Unclear,
    }
}

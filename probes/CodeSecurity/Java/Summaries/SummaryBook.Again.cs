using System.Runtime.InteropServices;

namespace SmartCity.SecurityCheck.Probes.CodeSecurity;

/// <summary>Takes over what was recorded of methods that are as they were, where everything they look at says what it said.</summary>
internal sealed partial class SummaryBook
{
    private FlowRecorder? _recorder;
    private FlowPlayer? _player;

    /// <summary>Before anything is asked.</summary>
    public void Use(FlowMemory memory)
    {
        (_recorder, _player) = (memory.Recorder, memory.Player);
        (Cut.Recorder, Believed.Recorder, Lasting.Recorder) = (_recorder, _recorder, _recorder);
    }

    /// <summary>Body of a method that another one looks into; null where it has none.</summary>
    public JavaBlock? BodyOf(ProgramMethod method)
    {
        _recorder?.NoteOnce(FlowAct.Peek, method);
        return method.Syntax.Body;
    }

    /// <summary>All that stands in a file is looked at.</summary>
    public void LookInto(string path) => _recorder?.NoteOnce(FlowAct.PeekFile, path);

    /// <returns>False where it has to be gone over.</returns>
    private bool Play(SummaryEntry root)
    {
        if (_player is null)
        {
            return false;
        }

        if (!_player.Find(root, limits.Depth - _open.Count))
        {
            _player.Counts = (_player.Counts.Taken, _player.Counts.Anew + 1);
            return false;
        }

        var outer = FlowLosses.Take();
        var play = new Playing(this, _player, root);
        root.IsPlayed = true;
        var isPlayed = play.Run();
        root.IsPlayed = false;
        _ = FlowLosses.Take();
        if (outer is not null)
        {
            FlowLosses.Note(outer);
        }

        if (!isPlayed)
        {
            Lasting.Reader = root;
        }

        _player.Counts = isPlayed ? (_player.Counts.Taken + 1, _player.Counts.Anew) : (_player.Counts.Taken, _player.Counts.Anew + 1);
        return isPlayed;
    }

    private void Drop(SummaryEntry entry)
    {
        _entries.Remove(entry.Key);
        if (entry.Key.Context.Length > 0 && --CollectionsMarshal.GetValueRefOrNullRef(_contexts, entry.Key.Method) == 0)
        {
            _contexts.Remove(entry.Key.Method);
        }
    }

    /// <summary>One record that is gone through.</summary>
    private sealed class Playing
    {
        private readonly SummaryBook _book;
        private readonly FlowPlayer _player;
        private readonly List<(SummaryEntry Entry, bool Existed, int Version)> _members;
        private readonly Stack<WorkedOut?> _readers = new();
        private readonly int _depth;

        public Playing(SummaryBook book, FlowPlayer player, SummaryEntry root)
        {
            (_book, _player, _depth) = (book, player, book._open.Count);
            _members = [(root, true, 0)];
        }

        public bool Run()
        {
            while (true)
            {
                var act = (FlowAct)_player.Reader.Small();
                if (act == FlowAct.End)
                {
                    Finish();
                    return true;
                }

                if (!Act(act))
                {
                    Undo();
                    return false;
                }
            }
        }

        private void Finish()
        {
            foreach (var (entry, _, _) in _members)
            {
                _player.Take(entry);
                entry.IsPlayed = false;
            }
        }

        private void Undo()
        {
            _book._open.RemoveRange(_depth, _book._open.Count - _depth);
            foreach (var (entry, existed, version) in _members.Skip(1))
            {
                if (existed && entry.Version != version)
                {
                    throw new FlowChangedException("made in between");
                }

                (entry.IsPlayed, entry.IsOpen, entry.IsStale, entry.IsBaseless) = (false, false, existed, false);
                if (!existed)
                {
                    _book.Drop(entry);
                }
            }
        }

        private bool Act(FlowAct act)
        {
            var reader = _player.Reader;
            switch (act)
            {
                case FlowAct.Begin:
                    return Begin();
                case FlowAct.Leave:
                    _book._open[^1].IsOpen = false;
                    _book._open.RemoveAt(_book._open.Count - 1);
                    _book.Lasting.Reader = _readers.Pop();
                    return true;
                case FlowAct.Outdate:
                    for (var count = reader.Count(); count > 0; count--)
                    {
                        var outdated = Member(reader.Small());
                        (outdated.IsStale, outdated.IsPlayed, outdated.IsBaseless) = (true, false, true);
                    }

                    return true;
                case FlowAct.Inner:
                    var inner = Member(reader.Small());
                    inner.Round = _book._round;
                    _book.Lasting.Reader?.Rest(inner);
                    return true;
                case FlowAct.Ask:
                    return Ask();
                case FlowAct.Tell:
                    _book.Tell(reader.Flow());
                    return true;
                case FlowAct.CutFirst:
                    _book.Cut.TryAdd(reader.Method(), reader.Said());
                    return true;
                case FlowAct.CutLast:
                    var method = reader.Method();
                    _book.Cut[method] = reader.Said();
                    return true;
                case FlowAct.Believe:
                    _book.Believed.Add(reader.Place());
                    return true;
                case FlowAct.ReadMarks or FlowAct.ReadCode or FlowAct.ReadWriter:
                    return Read(act);
                default:
                    return Keep(act);
            }
        }

        private SummaryEntry Member(int number) => number >= 0 && number < _members.Count ? _members[number].Entry : throw new FlowChangedException("broken");

        private bool Begin()
        {
            var number = _player.Reader.Small();
            if (number == _members.Count)
            {
                var (existed, method, context) = (_player.Reader.Truth(), _player.Reader.Method(), _player.Context());
                var entry = _book._entries.GetValueOrDefault((method, context.Key));
                if (entry is null ? existed : !existed || !entry.IsStale)
                {
                    return false;
                }

                if (entry is null)
                {
                    _book._entries[(method, context.Key)] = entry = new SummaryEntry(method, context);
                    if (context.Key.Length > 0)
                    {
                        _book._contexts[method] = _book._contexts.GetValueOrDefault(method) + 1;
                    }
                }

                _members.Add((entry, existed, entry.Version));
            }

            if (_book._open.Count >= _book.Limits.Depth)
            {
                return false;
            }

            var member = Member(number);
            _book.Lasting.Reader?.Rest(member);
            member.Open(_book._open.Count);
            (member.Round, member.IsPlayed, member.IsBaseless) = (_book._round, true, false);
            _book._open.Add(member);
            _readers.Push(_book.Lasting.Reader);
            _book.Lasting.Reader = member;
            return true;
        }

        private bool Ask()
        {
            var (method, asked, given, dependsOn, print) = (_player.Reader.Method(), _player.Context(), _player.Context(), _player.Reader.Small(), _player.Reader.Bits());
            var at = _player.Reader.At;
            var entry = _book.Asked(method, asked);
            _player.Reader.Go(at);
            return entry is { IsOpen: false } && entry.DependsOn == dependsOn && entry.Key.Context == given.Key && _player.PrintOf(entry) == print;
        }

        private bool Read(FlowAct act)
        {
            var (field, print) = (_player.Reader.Said(), _player.Reader.Bits());
            object? found = act switch
            {
                FlowAct.ReadMarks => _book.Lasting.Shared(field),
                FlowAct.ReadCode => _book.Lasting.CodeIn(field),
                _ => _book.Lasting.WriterIn(field),
            };
            return _player.PrintOf(found) == print;
        }

        private bool Keep(FlowAct act)
        {
            var reader = _player.Reader;
            switch (act)
            {
                case FlowAct.Share:
                    _book.Lasting.Share(reader.Said(), reader.Marks(), reader.Method());
                    return true;
                case FlowAct.KeepCode:
                    _book.Lasting.KeepCode(reader.Said(), reader.Code() ?? throw new FlowChangedException("broken"), reader.Method());
                    return true;
                case FlowAct.KeepWriter:
                    _book.Lasting.KeepWriter(reader.Said(), reader.Said(), reader.Method());
                    return true;
                case FlowAct.Fixed:
                    var (known, print) = (_player.Variable(), reader.Bits());
                    return _book.KnowsFixed(known, out var value) && _player.PrintOf((object?)value) == print;
                case FlowAct.FixedBegin:
                    return BeginFixed(_player.Variable());
                case FlowAct.FixedEnd:
                    var field = (FixedField)_book.Lasting.Reader!;
                    var isKept = reader.Truth();
                    field.Value = reader.Value();
                    if (isKept)
                    {
                        _book._fixedFields[field.Variable] = field;
                    }

                    _book.Lasting.Reader = _readers.Pop();
                    return true;
                default:
                    throw new FlowChangedException("broken");
            }
        }

        private bool BeginFixed(JavaVariable variable)
        {
            if (_book._fixedFields.ContainsKey(variable))
            {
                return false;
            }

            var field = new FixedField { Variable = variable, Round = _book._round };
            _book.Lasting.Reader?.Rest(field);
            _readers.Push(_book.Lasting.Reader);
            _book.Lasting.Reader = field;
            return true;
        }
    }
}

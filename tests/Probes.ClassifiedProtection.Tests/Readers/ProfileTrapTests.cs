using SmartCity.SecurityCheck.TestKit;

namespace SmartCity.SecurityCheck.Probes.ClassifiedProtection.Tests;

/// <summary>TMOUT and umask in code that does not run, or is undone.</summary>
public sealed class ProfileTrapTests
{
    private const string Debian = "# /etc/profile\n\nif [ \"$(id -u)\" -eq 0 ]; then\n  PATH=\"/usr/sbin:/usr/bin\"\nelse\n  PATH=\"/usr/bin\"\nfi\nexport PATH\n\nif [ \"${PS1-}\" ]; then\n  if [ \"${BASH-}\" ] && [ \"$BASH\" != \"/bin/sh\" ]; then\n    # PS1='\\h:\\w\\$ '\n    if [ -f /etc/bash.bashrc ]; then\n      . /etc/bash.bashrc\n    fi\n  else\n    if [ \"$(id -u)\" -eq 0 ]; then\n      PS1='# '\n    else\n      PS1='$ '\n    fi\n  fi\nfi\n\nif [ -d /etc/profile.d ]; then\n  for i in /etc/profile.d/*.sh; do\n    if [ -r $i ]; then\n      . $i\n    fi\n  done\n  unset i\nfi\n";
    private const string RedHat = "pathmunge () {\n    case \":${PATH}:\" in\n        *:\"$1\":*)\n            ;;\n        *)\n            if [ \"$2\" = \"after\" ] ; then\n                PATH=$PATH:$1\n            fi\n    esac\n}\n\nif [ -x /usr/bin/id ]; then\n    EUID=`/usr/bin/id -u`\n    UID=`/usr/bin/id -ru`\nfi\nexport PATH USER\nfor i in /etc/profile.d/*.sh /etc/profile.d/sh.local ; do\n    if [ -r \"$i\" ]; then\n        if [ \"${-#*i}\" != \"$-\" ]; then\n            . \"$i\"\n        else\n            . \"$i\" >/dev/null\n        fi\n    fi\ndone\n\nunset i\nunset -f pathmunge\n\nif [ -n \"${BASH_VERSION-}\" ] ; then\n        if [ -f /etc/bashrc ] ; then\n                . /etc/bashrc\n       fi\nfi\n";
    private const string Bashrc = "# System-wide .bashrc\n[ -z \"$PS1\" ] && return\nshopt -s checkwinsize\nif [ -x /usr/lib/command-not-found ]; then\n\tfunction command_not_found_handle {\n\t\tprintf \"%s: command not found\\n\" \"$1\" >&2\n\t\treturn 127\n\t}\nfi\n";
    private const string Gawk = "gawkpath_prepend () {\n\t[ -z \"$AWKPATH\" ] && \\\n\t\tAWKPATH=`gawk 'BEGIN {print ENVIRON[\"AWKPATH\"]}'`\n\texport AWKPATH=\"$*:$AWKPATH\"\n}\n";

    private static SessionSettings Read(string profile, string? part = null, string? bashrc = null)
    {
        var host = new MadeHost().File("/etc/profile", profile).File("/etc/bash.bashrc", bashrc ?? Bashrc);
        return new SessionsProbe().Read(part is null ? host : host.File("/etc/profile.d/gawk.sh", Gawk).File("/etc/profile.d/tmout.sh", part)).Record!;
    }

    [Theory]
    [InlineData("readonly TMOUT=600\n", "符合")]
    [InlineData("TMOUT=600; readonly TMOUT; export TMOUT\n", "符合")]
    [InlineData("# it's the law\ndeclare -xr TMOUT=\"600\"\n", "符合")]
    [InlineData("export TMOUT=600\n", "部分符合")]
    [InlineData("readonly TMOUT=600\nif [ -f /x ]; then\n TMOUT=0\nfi\n", "符合")]
    [InlineData("TMOUT=0\nreadonly TMOUT\nTMOUT=600\n", "不符合")]
    [InlineData("TMOUT=600\nunset TMOUT\nreadonly TMOUT\n", "不符合")]
    [InlineData("# readonly TMOUT=600\n", "不符合")]
    [InlineData("echo \"readonly TMOUT=600\"\n", "不符合")]
    [InlineData("return\nreadonly TMOUT=600\n", "待人工")]
    [InlineData("if true; then return; fi\nreadonly TMOUT=600\n", "待人工")]
    [InlineData("if [ \"$(id -u)\" -ge 1000 ]; then return 0; fi\nreadonly TMOUT=600\n", "待人工")]
    [InlineData("case \"$USER\" in\n ops) return ;;\nesac\nreadonly TMOUT=600\n", "待人工")]
    [InlineData("while true; do return; done\nreadonly TMOUT=600\n", "待人工")]
    [InlineData("{ return; }\nreadonly TMOUT=600\n", "待人工")]
    [InlineData("if true; then exit 0; fi\nreadonly TMOUT=600\n", "待人工")]
    [InlineData("readonly() { :; }\nreadonly TMOUT=600\n", "待人工")]
    [InlineData("helper() { return 1; }\nreadonly TMOUT=600\n", "符合")]
    [InlineData("if false; then\n readonly TMOUT=600\nfi\n", "待人工")]
    [InlineData("if false; then\necho fi\nreadonly TMOUT=600\nfi\n", "待人工")]
    [InlineData("limit () {\n readonly TMOUT=600\n}\n", "待人工")]
    [InlineData("limit()\n{\n readonly TMOUT=600\n}\n", "待人工")]
    [InlineData("cat <<EOF\nreadonly TMOUT=600\nEOF\n", "待人工")]
    [InlineData(": '\nreadonly TMOUT=600\n'\n", "不符合")]
    [InlineData("X=\"\nreadonly TMOUT=600\n\"\n", "待人工")]
    [InlineData("false && readonly TMOUT=600\n", "待人工")]
    [InlineData("( TMOUT=600; readonly TMOUT )\n", "待人工")]
    [InlineData("case $- in *i*) readonly TMOUT=600 ;; esac\n", "待人工")]
    [InlineData("while false; do\n readonly TMOUT=600\ndone\n", "待人工")]
    [InlineData("TMOUT=600 bash\n", "待人工")]
    [InlineData("readonly TMOUT=$LIMIT\n", "待人工")]
    [InlineData(". /opt/limits.sh\nreadonly TMOUT=600\n", "待人工")]
    [InlineData("eval TMOUT=0\nreadonly TMOUT=600\n", "待人工")]
    public void Only_what_is_sure_to_run_counts(string part, string verdict)
    {
        Assert.Equal(verdict, Verdicts.Of("ACC-15", Read(part)));
        Assert.Equal(verdict, Verdicts.Of("ACC-15", Read(Debian, part)));
        Assert.Equal(verdict, Verdicts.Of("ACC-15", Read(RedHat, part)));
    }

    [Fact]
    public void A_folder_the_profile_does_not_read_is_not_sure_and_a_remark_says_where()
    {
        var read = Read("PATH=/bin\n", "readonly TMOUT=600\n");
        Assert.Equal("待人工", Verdicts.Of("ACC-15", read));
        Assert.All(read.Unread.Value, u => Assert.Equal("/etc/profile.d/tmout.sh:1", u.Origin));
        Assert.Contains("/etc/profile.d/tmout.sh:1", Verdicts.Explain("ACC-15", read), StringComparison.Ordinal);
        Assert.Equal("不符合", Verdicts.Of("ACC-15", Read(Debian)));
        Assert.Equal("待人工", Verdicts.Of("ACC-15", Read("if false; then\n" + RedHat + "fi\n", "readonly TMOUT=600\n")));
    }

    [Theory]
    [InlineData("umask 027\n", "符合")]
    [InlineData("umask u=rwx,g=rx,o=\n", "符合")]
    [InlineData("umask 022\n", "部分符合")]
    [InlineData("if false; then\n umask 027\nfi\n", "部分符合")]
    [InlineData("umask 027\nif [ $UID -gt 199 ]; then\n umask 002\nfi\n", "不符合")]
    [InlineData("umask 022\numask 027\n", "符合")]
    [InlineData("umask $MASK\n", "待人工")]
    [InlineData("umask g-w\n", "待人工")]
    public void The_laxest_mask_that_may_be_in_effect_counts(string part, string verdict) => Assert.Equal(verdict, Verdicts.Of("ACC-19", Read(Debian, part)));

    [Fact]
    public void What_login_defs_says_reaches_a_login_by_pam_alone()
    {
        static string Of(string session) => Verdicts.Of("ACC-19", new SessionsProbe().Read(new MadeHost().File("/etc/profile", "if [ $UID -ge 1000 ]; then return; fi\numask 027\n").File("/etc/login.defs", "UMASK 027\n").File("/etc/pam.d/common-session", session)).Record!);
        Assert.Equal("部分符合", Of("session required pam_unix.so\n"));
        Assert.Equal("符合", Of("session optional pam_umask.so\n"));
        Assert.Equal("部分符合", Of("session optional pam_umask.so umask=002\n"));
    }

    [Theory]
    [InlineData("/usr/bin/zsh", "待人工")]
    [InlineData("/bin/csh", "待人工")]
    [InlineData("/bin/bash", "符合")]
    [InlineData("/usr/sbin/nologin", "符合")]
    public void A_shell_that_does_not_read_the_profile_is_not_bound_by_it(string shell, string verdict)
    {
        var read = new SessionsProbe().Read(new MadeHost().File("/etc/profile", "readonly TMOUT=600\numask 027\n").File("/etc/passwd", $"root:x:0:0::/root:/bin/bash\nops:x:1000:1000::/home/ops:{shell}\n")).Record!;
        Assert.Equal(verdict, Verdicts.Of("ACC-15", read));
        Assert.Equal(verdict, Verdicts.Of("ACC-19", read));
    }

    [Fact]
    public void Noise_ends()
    {
        var random = new SeededBytes(8);
        const string letters = "if then fi TMOUT=1 $(){}`'\"\\\n;&|<>#do case esac for in umask ";
        for (var i = 0; i < 400; i++)
        {
            _ = Read(new string([.. Enumerable.Range(0, 300).Select(_ => letters[random.Below(letters.Length)])]));
        }
    }
}

# 只留读取程序用到的键的值；其余的键只留名，值遮盖。行号不变；再遮盖一次结果不变。
# kind 种类；KEEP 各种类保留原值的键；Q 单引号
function keeps(set, word) { return ((set, tolower(word)) in K) }
function indent(s) { match(s, /^[ \t]*/); return substr(s, 1, RLENGTH) }
function trim(s) { sub(/^[ \t]+/, "", s); sub(/[ \t]+$/, "", s); return s }
function strip(s) { gsub(/["\047]/, "", s); return s }
# 行尾注释只留 #
function cut(s,   i, c, open, first) {
    if (index(s, "#") == 0) return s
    open = ""; first = 0
    for (i = 1; i <= length(s); i++) {
        c = substr(s, i, 1)
        if (c == "#" && (i == 1 || substr(s, i - 1, 1) ~ /[ \t]/)) { if (open == "") return substr(s, 1, i); if (!first) first = i }
        else if (open != "") { if (c == open) open = "" }
        else if (c == "\"" || c == Q) open = c
    }
    return open != "" && first ? substr(s, 1, first) : s
}
# 下一个没有转义的双引号
function closing(s,   i, c) {
    for (i = 1; i <= length(s); i++) { c = substr(s, i, 1); if (c == "\\") i++; else if (c == "\"") return i }
    return 0
}
function keyed(set, s,   lead, rest, key, word, sep) {
    lead = indent(s); rest = substr(s, length(lead) + 1)
    if (rest == "") return s
    if (substr(rest, 1, 1) == "#" || (set == "mysql" && substr(rest, 1, 1) == ";")) return lead "#"
    if (rest ~ /^[{}()]+[ \t]*$/) return s
    if (match(rest, /^\[[A-Za-z0-9 _.:@+*-]*\]?/)) { sep = trim(substr(rest, RLENGTH + 1)); key = substr(rest, 1, RLENGTH); if (sep != "") sub(/ +$/, "", key); return lead key (sep == "" ? "" : sep ~ /^[#;]/ ? " #" : " " M) }
    match(rest, /^[^ \t=:({]*/)
    key = substr(rest, 1, RLENGTH); rest = substr(rest, RLENGTH + 1)
    if ((key !~ /^[-!@$+]?[A-Za-z_]([A-Za-z0-9_.*-]|\/)*$/ && !(set == "redis" && key ~ /^["\047][A-Za-z-]+["\047]$/)) || length(key) > 80) return lead M (s ~ /\{[ \t]*$/ ? " {" : "")
    word = strip(key); sub(/^[-!@$+]/, "", word)
    if (set == "mysql" || set == "redis") { word = tolower(word); gsub(/-/, "_", word) }
    if (set == "mysql") while (word ~ /^(loose|skip|disable|enable|maximum)_/ && !keeps(set, word)) sub(/^[a-z]+_/, "", word)
    if (set == "unit" && tolower(word) == "environment") {
        match(rest, /^[ \t]*=?[ \t]*/); sep = substr(rest, 1, RLENGTH); rest = substr(rest, RLENGTH + 1)
        if (onlyknown(rest)) return s
        word = taken(rest); return lead key sep (istaken ? word : M)
    }
    if (keeps(set, word) && !(set == "unit" && tolower(word) ~ /^execstart(post|pre)?$/ && rest !~ /^[ \t]*=[ \t]*[-@:+!]*(\/usr)?\/s?bin\/(sshd|auditd|rsyslogd|chronyd|augenrules|auditctl)([ \t]|$)/)) return lead key (set == "redis" ? rest : cut(rest))
    if (rest ~ /^[ \t]*$/) return lead (set == "bare" ? M : key)
    match(rest, /^[ \t]*[=:({]?[ \t]*/)
    sep = substr(rest, 1, RLENGTH); rest = substr(rest, RLENGTH + 1)
    if (set == "kernel" && rest ~ /^[0-9 \t.-]*$/) return s
    return lead key sep (rest == "" ? "" : M (set == "grub" && index(rest, "GRUB_CMDLINE") > 0 ? " GRUB_CMDLINE" : rest ~ /\{[ \t]*$/ ? " {" : ""))
}
# 一个参数：键在表上的留值
function argument(set, word,   at) {
    at = index(word, "=")
    if (at > 0) return keeps(set, substr(word, 1, at - 1)) ? word : (substr(word, 1, at - 1) ~ /^[A-Za-z_][A-Za-z0-9_.-]*$/ ? substr(word, 1, at) M : M)
    return keeps(set, word) ? word : M
}
function pam(s,   lead, rest, n, out, w, base, word) {
    lead = indent(s); rest = substr(s, length(lead) + 1)
    if (rest == "") return s
    if (substr(rest, 1, 1) == "#") return lead "#"
    n = cont ? 9 : 0; out = lead; base = ""
    if (kind == "pamconf" && !cont) n = -1
    while (rest != "") {
        if (match(rest, /^[ \t]+/)) { out = out substr(rest, 1, RLENGTH); rest = substr(rest, RLENGTH + 1); continue }
        if (rest == "\\") { out = out rest; break }
        if (substr(rest, 1, 1) == "#") { out = out "#"; break }
        if (substr(rest, 1, 1) == "[") { w = index(rest, "]"); if (w == 0) w = length(rest) } else { match(rest, /^[^ \t]+/); w = RLENGTH }
        word = substr(rest, 1, w); rest = substr(rest, w + 1); n++
        if (n == 1 && word == "@include") { out = out word rest; break }
        if (n == 1 && tolower(word) !~ /^-?(auth|account|password|session)$/) return keyed("bare", s)
        if (n == 3) { base = word; sub(/^.*\//, "", base); sub(/\.so$/, "", base) }
        out = out (n < 3 ? word : n == 3 ? (word ~ /^[A-Za-z0-9_.\/-]+$/ ? word : M) : keeps("pam-whole", base) ? word : argument("pam", word))
    }
    return out
}
function sudo(s,   lead, rest, out, c, w, n) {
    lead = indent(s); rest = substr(s, length(lead) + 1); out = lead
    if (!cont) {
        if (rest ~ /^[#@]include(dir)?[ \t]/) return s
        if (rest ~ /^#/ && rest !~ /^#-?[0-9]/) return lead "#"
        args = 0; last = ""; defaults = (rest ~ /^Defaults/)
    }
    if (defaults) {
        rest = cut(rest)
        while (match(rest, /[A-Za-z_]+[ \t]*[-+]?=[ \t]*("[^"]*"?|[^,"]*)/)) {
            out = out substr(rest, 1, RSTART - 1); w = substr(rest, RSTART, RLENGTH); rest = substr(rest, RSTART + RLENGTH)
            match(w, /^[A-Za-z_]+/)
            if (keeps("sudo", substr(w, 1, RLENGTH))) out = out w
            else { match(w, /^[A-Za-z_]+[ \t]*[-+]?=[ \t]*/); out = out substr(w, 1, RLENGTH) M }
        }
        return out rest
    }
    while (rest != "") {
        c = substr(rest, 1, 1)
        if (rest == "\\") { out = out c; break }
        if (c == "#" && (args || rest !~ /^#-?[0-9]/)) { out = out "#"; break }
        if (c ~ /[ \t!()]/) { out = out c; rest = substr(rest, 2); continue }
        if (c ~ /[,:=]/) { out = out c; rest = substr(rest, 2); if (c == ",") args = 0; else if (args == 1) args = 2; continue }
        for (n = 1; n <= length(rest); n++) { c = substr(rest, n, 1); if (c == "\\" && n < length(rest)) n++; else if (c ~ /[ \t,:=()]/ || c == "\\") break }
        if (n == 1) n = 2
        w = substr(rest, 1, n - 1); rest = substr(rest, n)
        if (args == 1 && (keeps("sudo-argument", w) || (last ~ /^(start|stop|restart|reload|status|try-restart|reload-or-restart|enable|disable|is-active)$|^\/usr\/sbin\/service$/ && w ~ /^[A-Za-z0-9@._*-]+$/) || w ~ /^(-[A-Za-z]|\/((etc|root|boot|usr|lib|bin|sbin|var|dev|home|opt)(\/[a-z0-9.+_*-]*)*)?)$/)) out = out w
        else if (args == 1 || (args == 2 && w !~ /^(\/|[A-Z][A-Z0-9_]*$)/)) { if (out !~ MEND) out = out M; args = 1 }
        else { out = out (w ~ /^[\/^]/ && index(w, "\\") > 0 ? substr(w, 1, index(w, "\\") - 1) M : w); if ((w ~ /^[\/^]/ && last !~ /^(CWD|CHROOT|ROLE|TYPE|TIMEOUT)$/) || w == "sudoedit") args = 1; else if (args == 2 && w ~ /^\//) args = 1 }
        last = w
    }
    return out
}
function hba(s,   lead, rest, out, n, w) {
    lead = indent(s); rest = substr(s, length(lead) + 1); out = lead
    if (!cont) place = 0
    while (rest != "") {
        if (match(rest, /^[ \t,]+/)) { out = out substr(rest, 1, RLENGTH); rest = substr(rest, RLENGTH + 1); continue }
        if (rest == "\\") { out = out rest; break }
        if (substr(rest, 1, 1) == "#") { out = out "#"; break }
        match(rest, /^("[^"]*"|[^ \t,"#])+/)
        if (RLENGTH < 1) { RLENGTH = 1 }
        w = substr(rest, 1, RLENGTH); rest = substr(rest, RLENGTH + 1)
        if (out !~ /,[ \t]*$/) place++
        if (place == 1 && strip(w) !~ /^(local|host|hostssl|hostnossl|hostgssenc|hostnogssenc|include|include_if_exists|include_dir)$/) { out = out M; place = 9; continue }
        if (place <= 6 && index(w, "=") == 0) out = out w
        else out = out argument("hba", w)
    }
    return out
}
# 日志模板只留各属性
function layout(t,   out) { out = ""; while (match(t, /%[A-Za-z0-9$!.:,_-]+%/)) { out = out (out == "" ? "" : " ") substr(t, RSTART, RLENGTH); t = substr(t, RSTART + RLENGTH) } return out }
# 引号里的内容：参数名在表上，或与日志设施、程序名相比的，留下
function strings(s,   out, i, c, e, before, word, value) {
    out = ""
    while (match(s, /["\047]/)) {
        before = substr(s, 1, RSTART - 1); c = substr(s, RSTART, 1); s = substr(s, RSTART + 1)
        out = out before
        if (c == "\"") e = closing(s); else e = index(s, Q)
        if (e == 0) { if (c == Q) return out M; instring = 1; return out c M }
        value = substr(s, 1, e - 1); s = substr(s, e + 1)
        word = ""
        if (match(before, /[A-Za-z_.]+[ \t]*=[ \t]*$/)) { word = substr(before, RSTART, RLENGTH); if (RSTART > 1 && substr(before, RSTART - 1, 1) ~ /[$!]/) word = ""; sub(/[ \t]*=[ \t]*$/, "", word) }
        if (word != "" && keeps("rsyslog-parameter", word)) out = out c value c
        else if (tolower(word) == "string" && layout(value) != "") out = out c layout(value) c
        else if (before ~ /\$((syslogfacility-text|syslogseverity-text|programname|syslogtag|hostname|fromhost-ip|fromhost|inputname)[ \t]*[!=]=|(programname|syslogtag)[ \t]*startswith)[ \t]*$/ && value ~ (before ~ /\$syslogtag[ \t]*[!=s][=t][a-z]*[ \t]*$/ ? TAG : PROGRAM)) out = out c value c
        else out = out c M c
    }
    return out s
}
function deliver(t,   lead, w, c) {
    lead = indent(t); t = substr(t, length(lead) + 1)
    if (t == "" || t ~ /^(~|stop|\*)[ \t]*$/) return lead t
    if (t ~ /^#/) return lead "#"
    if (t ~ /^[-@\/|?]/) { match(t, /^[^ \t]+/); w = substr(t, 1, RLENGTH); t = trim(substr(t, RLENGTH + 1)); if ((c = index(w, ";")) > 0 && substr(w, c) !~ /^;(RSYSLOG_[A-Za-z0-9_]+|[A-Za-z_]+)$/) w = substr(w, 1, c) M; return lead w (t == "" ? "" : " " M) }
    if (match(t, /^:[A-Za-z0-9]+:/)) return lead substr(t, 1, RLENGTH) M
    if (t ~ /^[>^]/) return lead substr(t, 1, 1) M
    if (t ~ /^(action[ \t]*\(|call[ \t]|[{}])/) return lead strings(t)
    return lead (t ~ /^[a-z0-9,_-]+$/ ? t : M)
}
function branch(s) { return match(s, /(^|[ \t])(then|else)[ \t]+[-@\/|?>^:~&]/) ? substr(s, 1, RSTART + RLENGTH - 2) deliver(substr(s, RSTART + RLENGTH - 1)) : s }
function rsyslog(s,   lead, rest, e, out, w) {
    if (incomment) { e = index(s, "*/"); if (e == 0) return ""; incomment = 0; s = substr(s, e + 2); return "*/" rsyslog(s) }
    if (instring) { e = closing(s); if (e == 0) return M; instring = 0; return M "\"" strings(substr(s, e + 1)) }
    lead = indent(s); rest = substr(s, length(lead) + 1)
    if (rest == "") return s
    if (substr(rest, 1, 1) == "#") return lead "#"
    if (match(rest, /(^|[ \t])\/\*/)) {
        e = RSTART + RLENGTH
        out = substr(rest, 1, e - 3); rest = substr(rest, e)
        out = (out ~ /^[ \t]*$/ ? out : rsyslog(out)) "/*"
        incomment = 1
        return lead out rsyslog(rest)
    }
    if (cont) return lead (rest ~ /^[@\/|~]/ ? deliver(rest) : M)
    if (match(rest, /^\$[Tt]emplate[ \t]+[A-Za-z0-9_]+[ \t]*,/)) { e = RLENGTH; return lead substr(rest, 1, e) "\"" layout(substr(rest, e + 1)) "\"" }
    if (rest ~ /^\$[A-Za-z]/) return keyed("rsyslog", s)
    if (rest ~ /^(set|unset|reset)[ \t]/) { match(rest, /^[a-z]+/); return lead substr(rest, 1, RLENGTH) " " M }
    if (match(rest, /^:[A-Za-z.$!-]+,[ \t]*!?[a-z]+,[ \t]*/)) {
        out = substr(rest, 1, RLENGTH); rest = substr(rest, RLENGTH + 1)
        if (substr(rest, 1, 1) != "\"" || (e = closing(substr(rest, 2))) == 0) return lead out M
        w = substr(rest, 2, e - 1)
        if (out !~ /^:(programname|syslogtag|app-name),[ \t]*!?(isequal|startswith),/ || w !~ (out ~ /^:syslogtag,/ ? TAG : PROGRAM)) w = M
        return lead out "\"" w "\"" deliver(substr(rest, e + 2))
    }
    if (substr(rest, 1, 1) == "&") return lead "&" deliver(substr(rest, 2))
    if (match(rest, /^[A-Za-z0-9,*]+\.[^ \t]+/)) return lead substr(rest, 1, RLENGTH) deliver(substr(rest, RLENGTH + 1))
    if (rest ~ /^(stop|~)[ \t]*$/) return s
    if (rest ~ /^[@\/|]/) return lead deliver(rest)
    if (rest ~ /^[!+-]/) return lead substr(rest, 1, 1) M
    if (rest ~ /^(module|input|action|template|ruleset|global|main_queue|include|property|constant|list|if|else|then|call|parser|lookup_table|foreach)([ \t({]|$)/ || rest ~ /^[A-Za-z.]+[ \t]*=[ \t]*"/ || rest ~ /^[{})]/) return lead branch(strings(cut(rest)))
    return keyed("bare", s)
}
function snmp(s,   n, w, k, i, out) {
    n = split(s, w, /[ \t]+/); i = (w[1] == "" ? 2 : 1); k = tolower(w[i])
    if (k ~ /^r[ow]community6?$/ && n > i) { if (w[i + 1] != "public" && w[i + 1] != "private") w[i + 1] = M }
    else if (k ~ /^com2sec6?$/ && n > i) { if (w[n] == "" && n > i + 1) n--; if (w[n] != "public" && w[n] != "private") w[n] = M }
    else return keyed("snmp", s)
    out = w[i]
    while (++i <= n) if (w[i] != "") out = out " " w[i]
    return out
}
# redis.conf 的一行：引号里的算一个词；引号不闭合返回 -1
function redissplit(s,   n, w, c, q) {
    split("", RW); n = 0; s = trim(s)
    while (s != "") {
        if (match(s, /^[ \t]+/)) { s = substr(s, RLENGTH + 1); continue }
        w = ""
        while (s != "" && s !~ /^[ \t]/) {
            c = substr(s, 1, 1); s = substr(s, 2)
            if (c != "\"" && c != Q) { w = w c; continue }
            q = c
            while (s != "" && substr(s, 1, 1) != q) {
                c = substr(s, 1, 1); s = substr(s, 2)
                if (c == "\\" && s != "" && (q == "\"" || substr(s, 1, 1) == Q)) { c = substr(s, 1, 1); s = substr(s, 2) }
                w = w c
            }
            if (s == "") return -1
            s = substr(s, 2)
            if (s != "" && s !~ /^[ \t]/) return -1
        }
        RW[++n] = w
    }
    return n
}
function redisquote(w) { if (w != "" && w !~ /[ \t"\047\\]/) return w; gsub(/\\/, "\\\\", w); gsub(/"/, "\\\"", w); return "\"" w "\"" }
function same(w,   i) { for (i = 2; i <= length(w); i++) if (substr(w, i, 1) != substr(w, 1, 1)) return 0; return 1 }
function strength(w) { return w ~ /^\*\*\*(short|example|weak)?$/ ? w : w == "foobared" ? "***example" : length(w) < 8 ? "***short" : same(w) || keeps("redis-common", w) ? "***weak" : "***" }
function redis(s,   lead, n, k, i, out, c) {
    lead = indent(s)
    if (substr(s, length(lead) + 1, 1) == "#") return lead "#"
    n = redissplit(s)
    if (n < 0) { match(trim(s), /^[^ \t]+/); k = strip(substr(trim(s), 1, RLENGTH)); return (k ~ /^[A-Za-z_][A-Za-z0-9_.-]*$/ ? k : M) " \"***" }
    k = tolower(RW[1])
    if (k == "requirepass" && n > 1) return RW[1] " " (RW[2] == "" ? "\"\"" : strength(RW[2]))
    if (k == "rename-command" && n > 2) return RW[1] " " RW[2] " " (RW[3] == "" ? "\"\"" : toupper(RW[3]) == toupper(RW[2]) || toupper(RW[3]) ~ /^(FLUSHALL|FLUSHDB|CONFIG|KEYS|SHUTDOWN|DEBUG)$/ ? RW[3] : "***")
    if (k == "user" && n > 1) {
        out = RW[1] " " redisquote(RW[2])
        for (i = 3; i <= n; i++) {
            c = RW[i]
            if (c ~ /^>/) c = ">" strength(substr(c, 2))
            else if (c ~ /^[#<!]/) c = substr(c, 1, 1) "***"
            else if (c ~ /^[(]?[~&%]/ && c !~ /^[(]?(~|&|%[RWrw]*~)\*?[)]?$/) { match(c, /^[(]?[~&%]/); c = substr(c, 1, RLENGTH) "***" (c ~ /[)]$/ ? ")" : "") }
            else if (c !~ /^[(]?[-+]@?[A-Za-z0-9_|-]+[)]?$/ && c !~ /^[(]?[~&%]/) { k = tolower(c); gsub(/-/, "_", k); if (c != "" && c != "***" && !keeps("redis-acl", k)) c = "已遮盖" }
            out = out " " redisquote(c)
        }
        return out
    }
    return keyed("redis", s)
}
function rotate(s,   lead, rest, n, w, i, out, p, gap) {
    lead = indent(s); rest = substr(s, length(lead) + 1)
    if (inscript) {
        if (rest ~ /^endscript[ \t]*$/) { inscript = 0; return s }
        n = split(rest, w, /[ \t]+/); out = ""
        for (i = 1; i <= n; i++) {
            gap = out == "" ? "" : " "
            while (w[i] != "") {
                p = substr(w[i], 1, length(M)) == M ? M : match(w[i], /^[^;&|<>()`{}]+/) ? substr(w[i], 1, RLENGTH) : substr(w[i], 1, 1)
                w[i] = substr(w[i], length(p) + 1)
                if (p != M && (p ~ /^[;&|<>()`{}]/ || keeps("rotate-script", p) || p ~ /^(\/var\/log\/[a-z*.\/]+|\/dev\/null|[0-9])$/)) out = out gap p
                else if (length(out) < length(M) || substr(out, length(out) - length(M) + 1) != M) out = out gap M
                gap = ""
            }
        }
        return lead out
    }
    if (rest ~ /^(prerotate|postrotate|firstaction|lastaction|preremove)[ \t]*$/) { inscript = 1; return s }
    if (rest ~ /^[\/"\047]/) return s
    return keyed("rotate", s)
}
# hosts.allow：第二个冒号之后是命令
function wrapper(s,   lead, rest, i, c, depth, seen) {
    lead = indent(s); rest = substr(s, length(lead) + 1)
    if (substr(rest, 1, 1) == "#") return lead "#"
    depth = 0; seen = 0
    for (i = 1; i <= length(rest); i++) {
        c = substr(rest, i, 1)
        if (c == "[") depth++; else if (c == "]") depth--
        else if (c == ":" && depth < 1 && ++seen == 2) return lead substr(rest, 1, i) (trim(substr(rest, i + 1)) ~ /^(allow|deny|ALLOW|DENY)?$/ ? substr(rest, i + 1) : " " M)
    }
    return s
}
function fields(s, most,   n, w, i, out) {
    if (trim(s) ~ /^#/) return indent(s) "#"
    n = split(trim(s), w, /[ \t]+/); if (n <= most) return s
    out = w[1]; for (i = 2; i <= most; i++) out = out " " w[i]
    return out " " M
}
function mounted(s,   n, w, o, i, m, out) {
    n = split(s, w, " "); if (n < 4) return s
    sub(/:\/\/[^@ ]*@/, "://" M "@", w[1])
    m = split(w[4], o, ","); out = ""
    for (i = 1; i <= m; i++) { if (index(o[i], "=") > 0) sub(/=.*/, "=" M, o[i]); out = out (i > 1 ? "," : "") o[i] }
    return w[1] " " w[2] " " w[3] " " out (n > 4 ? " 0 0" : "")
}
function audit(s) {
    if (trim(s) !~ /^-/) return trim(s) == "" ? s : indent(s) (trim(s) ~ /^#/ ? "#" : M)
    gsub(/-k[ \t]+[^ \t]+/, "-k " M, s); gsub(/key=[^ \t]+/, "key=" M, s)
    return cut(s)
}
# 登录脚本：留下保留字与符号；说会话的行另留 TMOUT 与 umask 的值；其余的词写作 x
function shellword(w, session) {
    if (keeps("shell", w) || w ~ /^\/(usr\/share|usr\/lib|usr\/lib64|etc\/profile\.d|etc\/sysconfig|etc\/default)\/[A-Za-z0-9_.\/*+-]+$/) return w
    if (!session) return "x"
    if (keeps("shell-session", w) || w ~ /^TMOUT(\+?=|:?[-=+?])[0-9]*$/ || w ~ /^[0-9][0-9]?[0-9]?[0-9]?$/ || w ~ /^[ugoa]*=[rwx]*(,[ugoa]*=[rwx]*)*$/) return w
    if (match(w, /^[A-Za-z_][A-Za-z0-9_]*\+?=/)) return substr(w, 1, RLENGTH) (RLENGTH < length(w) ? "x" : "")
    return "x"
}
function shell(s,   session, out, other, sign, n) {
    session = s ~ /TMOUT|umask|autologout/
    if (session) sub(/[ \t]#.*/, "", s)
    if (s ~ /^[ \t]*(#.*)?$/) return ""
    out = ""
    other = "^[^] \t" Q "\"\\\\;&|(){}<>#$`![\r]+"; sign = "^[] \t" Q "\"\\\\;&|(){}<>#$`![\r]+"
    while (s != "") {
        if (match(s, other)) { n = RLENGTH; out = out shellword(substr(s, 1, n), session) }
        else if (match(s, sign)) { n = RLENGTH; out = out substr(s, 1, n) }
        else return out "x"
        s = substr(s, n + 1)
    }
    return out
}
function address(u,   at, host) {
    at = index(u, "?")
    if (at > 0 && substr(u, at) !~ /^\?\$(args|query_string)["\047]?$/) u = substr(u, 1, at) M
    if (u ~ /:\/\/[^\/@]*@/) sub(/:\/\/[^\/@]*@/, "://" M "@", u)
    return u ~ /^["\047]?(https?:\/\/|\/|\$|@|=|unix:|\^|~)/ || u ~ /^["\047]?[A-Za-z0-9_.:-]+["\047]?$/ ? u : M
}
function nginxword(w, n,   plain) {
    if (n == 0) { name = tolower(w); return w ~ /^[A-Za-z_][A-Za-z0-9_]*$/ && length(w) <= 80 ? w : M }
    plain = tolower(strip(w))
    if (n == 1) one = plain
    if (!keeps("nginx", name)) return M
    if (name == "return") return n == 1 && plain ~ /^[0-9]+$/ ? w : n == 1 || one ~ /^30[0-9]$/ ? (plain ~ /^(https?:\/\/|\/|\$)/ ? address(w) : M) : M
    if (name == "rewrite") return n == 2 ? address(w) : n == 3 && plain !~ /^(last|break|redirect|permanent)$/ ? M : w
    if (name ~ /_pass$/) return address(w)
    if (name ~ /header/) return n == 1 || keeps("nginx-header", one) || plain == "always" ? w : M
    if (name == "auth_basic") return plain == "off" || plain ~ /^\$[a-z0-9_]+$/ ? w : index(plain, "$") > 0 ? "$" M : M
    if (name == "log_format") { plain = w; gsub(/\$\{?[A-Za-z0-9_]+\}?/, "", plain); return n == 1 || plain !~ /[A-Za-z0-9][A-Za-z0-9][A-Za-z0-9][A-Za-z0-9]/ ? w : M }
    if (name == "ssl_certificate_key" && plain ~ /^data:/) return M
    if (name == "if") return plain ~ /^\(?!?\$(scheme|https|host|http_host|server_port|request_method|ssl_protocol|ssl_client_verify|remote_addr|http_x_forwarded_proto)\)?$/ || plain ~ /^\(?(=|!=|~\*?|!~\*?|!?-[fdex])$/ || plain ~ /^\^?\(?(https?|on|off|get|head|post|put|delete|options|trace|success|none|80|443)?\$?\)*$/ ? w : M (plain ~ /\)$/ ? ")" : "")
    return w
}
# 词与结果分段拼接：逐字拼接的耗时随长度平方增长
function grow(c) { isvariable = c != "}" && (isvariable || (c == "{" && before == "$")); before = c; letters++; piece = piece c; if (length(piece) > 400) { w = w piece; piece = "" } }
function emit(t) { tail = tail t; if (length(tail) > 400) { result = result tail; tail = "" } }
function flush(   shown, p) {
    if (letters == 0) return
    w = w piece
    if (mode[depth] == "n") shown = nginxword(w, count++)
    else shown = M
    if (shown == M || shown == "$" M) { p = (w ~ /\n/ && w ~ /^["\047]/) ? substr(w, 1, 1) : ""; gsub(/[^\n]/, "", w); shown = p shown w p }
    emit(shown)
    w = ""; piece = ""; before = ""; letters = 0; isvariable = 0
}
function nginx(a,   i, c, n, open, p) {
    depth = 0; mode[0] = "n"; count = 0; w = ""; piece = ""; before = ""; letters = 0; isvariable = 0; result = ""; tail = ""; name = ""; open = ""; n = length(a)
    for (i = 1; i <= n; i++) {
        c = substr(a, i, 1)
        if (mode[depth] == "l") {
            if (c == "\n") { emit(c); open = "" }
            else if (open == "" && substr(a, i, 2) == "--" || open == "" && substr(a, i, 2) == "[[") {
                p = substr(a, i, 4) == "--[[" || c == "[" ? "]]" : "\n"
                p = index(substr(a, i), p); if (p == 0) p = n - i + 2
                emit(newlines(substr(a, i, p - 1))); i += p - 2
            }
            else if (open != "") { if (c == "\\") i++; else if (c == open) open = "" }
            else if (c == "\"" || c == Q) open = c
            else if (c == "{") inner++
            else if (c == "}" && inner-- == 0) { emit("}"); depth--; count = 0 }
            continue
        }
        if (open != "") {
            grow(c)
            if (c == "\\") { i++; grow(substr(a, i, 1)) }
            else if (c == open) { open = ""; flush() }
            continue
        }
        if (letters == 0 && (c == "\"" || c == Q)) { open = c; grow(c); continue }
        if (letters == 0 && c == "#") { emit("#"); while (i < n && substr(a, i + 1, 1) != "\n") i++; continue }
        if (c == "\\") { grow(c); grow(substr(a, ++i, 1)); continue }
        if (c == " " || c == "\t" || c == "\n" || c == ";" || (c == "{" && before != "$") || (c == "}" && !isvariable)) {
            flush(); emit(c)
            if (c == ";") count = 0
            else if (c == "{") {
                p = mode[depth++]
                mode[depth] = p != "n" || name ~ /^(map|geo|types|split_clients|charset_map)$/ ? "v" : name ~ /_by_lua_block$/ ? "l" : "n"
                if (mode[depth] == "l") { inner = 0; emit(M ";") }
                count = 0
            }
            else if (c == "}") { if (depth > 0) depth--; count = 0 }
            continue
        }
        grow(c)
    }
    flush()
    return result tail
}
function newlines(t) { gsub(/[^\n]/, "", t); return t }
function shaped(tag, v,   low) {
    low = tolower(v)
    if (v == "" || v ~ /^\*\*\*(short|default)?$/) return v
    if (tag == "user" && (low == tolower(own) || index(" tomcat admin s3cret manager role1 123456 password root changeit must-be-changed <must-be-changed> &lt;must-be-changed&gt; ", " " low " ") > 0)) return "***default" newlines(v)
    return (length(v) < 8 ? "***short" : "***") newlines(v)
}
function element(t,   out, tag, at, quote, e, v, rest) {
    match(t, /^<\/?[A-Za-z0-9_:.-]+/); tag = substr(t, 1, RLENGTH); out = tag; rest = substr(t, RLENGTH + 1); sub(/^<\/?/, "", tag); tag = tolower(tag); sub(/^.*:/, "", tag)
    own = ""
    if (tag == "user" && match(tolower(rest), /[ \t\r\n](user)?name[ \t\r\n]*=[ \t\r\n]*["\047][^"\047]*/)) { own = substr(rest, RSTART, RLENGTH); sub(/^[^"\047]*["\047]/, "", own) }
    while (match(rest, /[A-Za-z_:][A-Za-z0-9_:.-]*[ \t\r\n]*=[ \t\r\n]*["\047]/)) {
        out = out newlines(substr(rest, 1, RSTART - 1)) (RSTART > 1 ? " " : ""); at = substr(rest, RSTART, RLENGTH); rest = substr(rest, RSTART + RLENGTH)
        quote = substr(at, length(at)); e = index(rest, quote)
        if (e == 0) e = length(rest) + 1
        v = substr(rest, 1, e - 1); rest = substr(rest, e + 1)
        match(at, /^[A-Za-z0-9_:.-]+/); key = substr(at, 1, RLENGTH)
        if (keeps("xml-attribute", key) || (tag == "user" && keeps("xml-user", key)) || (tag == "role" && key == "rolename")) out = out at v quote
        else if (tolower(key) == "shutdown" && v == "SHUTDOWN") out = out at v quote
        else if (tolower(key) ~ /password|secret|pass$|credential/) out = out at shaped(tag, v) quote
        else out = out at (v == "" ? "" : "***") newlines(v) quote
    }
    return out newlines(rest) (rest ~ /\/>$/ ? "/>" : ">")
}
function xml(a,   out, e, t, tag, low, v) {
    out = ""; tag = ""
    while (a != "") {
        e = index(a, "<")
        t = e == 0 ? a : substr(a, 1, e - 1); a = e == 0 ? "" : substr(a, e)
        v = t; gsub(/[ \t\r\n]+/, " ", v); v = trim(v)
        out = out (v == "" || keeps("xml-text", tag) || (tag == "param-value" && (keeps("xml-value", v) || v ~ /^-?[0-9]+$/)) ? t : "***" newlines(t))
        if (a == "") break
        if (substr(a, 1, 4) == "<!--") { e = index(a, "-->"); t = e == 0 ? a : substr(a, 1, e + 2); a = e == 0 ? "" : substr(a, e + 3); out = out newlines(t); continue }
        if (substr(a, 1, 9) == "<![CDATA[") { e = index(a, "]]>"); t = e == 0 ? a : substr(a, 1, e + 2); a = e == 0 ? "" : substr(a, e + 3); out = out newlines(t); continue }
        if (substr(a, 1, 2) == "<?") { e = index(a, "?>"); t = e == 0 ? a : substr(a, 1, e + 1); a = e == 0 ? "" : substr(a, e + 2); out = out (t ~ /^<\?xml version="[0-9.]+"( encoding="[A-Za-z0-9-]+")?( standalone="[a-z]+")?[ ]*\?>$/ ? t : newlines(t)); continue }
        if (substr(a, 1, 2) == "<!") { e = index(a, "]>"); if (e == 0 || (index(a, ">") > 0 && index(a, "[") > index(a, ">"))) e = index(a, ">") - 1; if (e < 1) e = length(a); t = substr(a, 1, e + 1); a = substr(a, e + 2); out = out newlines(t); continue }
        if (a !~ /^<\/?[A-Za-z]/) { out = out "***"; a = substr(a, 2); continue }
        e = tagend(a); t = substr(a, 1, e); a = substr(a, e + 1)
        out = out element(t)
        match(t, /^<\/?[A-Za-z0-9_:.-]+/); low = tolower(substr(t, 1, RLENGTH)); tag = ""
        if (low !~ /^<\// && t !~ /\/>$/) { tag = substr(low, 2); sub(/^.*:/, "", tag) }
    }
    return out
}
function tagend(a,   i, c, open, n) {
    open = ""; n = length(a)
    for (i = 1; i <= n; i++) { c = substr(a, i, 1); if (open != "") { if (c == open) open = "" } else if (c == "\"" || c == Q) open = c; else if (c == ">") return i }
    return n
}
# MySQL 8 的 mysqld-auto.cnf：{"名": {"Value": "值"}}
function json(a,   out, e, s, key, group) {
    out = ""; key = ""; group = ""
    while ((e = index(a, "\"")) > 0) {
        s = substr(a, 1, e - 1); a = substr(a, e + 1)
        if (s ~ /\{/ && key != "") group = key
        out = out s; e = closing(a); if (e == 0) return out "\"***\""
        s = substr(a, 1, e - 1); a = substr(a, e + 1)
        if (a ~ /^[ \t\r\n]*:/) { key = s; out = out "\"" s "\"" }
        else { out = out "\"" (tolower(key) == "value" && keeps("mysql", group) ? s : "***") "\"" }
    }
    return out a
}
# 服务的启动文件：命令行留下，变量只留名称像启动参数的
function known(name) { return name ~ /^([A-Z0-9_]*_)?(OPTS?|OPTIONS?|ARGS?|PARAMS?|FLAGS|PGDATA|PGPORT|DATADIR|CONFFILE|CONFIG|CONF)$/ }
function phrase(v) { return tolower(v) ~ /ssl[_-]passphrase[_-]command/ }
function onlyknown(v,   n) {
    if (phrase(v)) return 0
    while (v !~ /^[ \t]*$/) {
        if (match(v, VARIABLE)) { n = trim(substr(v, 1, RLENGTH)); sub(/^["\047]+/, "", n); sub(/=.*/, "", n); if (!known(n)) return 0 }
        else if (!match(v, /^[ \t]*[^ \t=]+([ \t]+|$)/)) return 0
        v = substr(v, RLENGTH + 1)
    }
    return 1
}
# 话里提到的启动变量，各一次
function spoken(t,   n, out, isvalue) {
    out = ""
    while (match(t, /[A-Za-z0-9_]+/)) {
        n = substr(t, RSTART, RLENGTH); isvalue = RSTART == 2 && substr(t, 1, 1) == "="; t = substr(t, RSTART + RLENGTH)
        if (!isvalue && (known(n) || n == "EXTRAOPTIONS") && index(out " ", " " n " ") == 0) out = out " " n
    }
    return out
}
# 启动的程序：各服务的命令行留下；shell 里只留提到了哪些服务；其余程序遮盖，参数里可能有口令
function served(t,   i, out) { out = ""; for (i = 1; i <= servers; i++) if (t ~ (BORDER server[i])) out = out " /" server[i]; return out }
function command(w, v, tail,   i) {
    iscommand = 1; startkept = v ~ /^[ \t]*$/ || v ~ /^[ \t]*[-@:+!]*(\/usr)?\/bin\/(true|false|echo)[ \t]*$/ || v ~ SERVED || v ~ GALERA || v ~ EXECS
    if (startkept) { hasuser = 0; seen(v tail); return w v tail }
    if (v ~ /^[ \t]*[-@:+!]*(\/usr)?\/bin\/(true|false|echo)([ \t]|$)/) { match(v, /^[ \t]*[-@:+!]*(\/usr)?\/bin\/(true|false|echo)/); maybeany = 1; i = served(v); v = substr(v, 1, RLENGTH); return w v " " M i }
    maybeany = v ~ ANYONE
    return w M (maybeany ? served(v) : "")
}
# systemd 的续行：行末的反斜杠前面没有另一个反斜杠
function goeson(s) { if (s !~ /\\$/) return 0; match(s, /\\+$/); return RLENGTH % 2 }
function endless(t) { return t ~ CLOSED ? "" : "\"" }
# 续行上的口令：选项在上一行
function seen(s,   low) {
    low = tolower(s)
    issecret = goeson(s) && low ~ /--[a-z_-]*(pass|password|auth|secret|token|masteruser)[ \t="\047]*\\$/
    isrequired = issecret && low ~ /--requirepass[ \t="\047]*\\$/
    if (low ~ /--(user|rename-command)([ \t="\047]|\\$)|ssl[_-]passphrase[_-]command/) hasuser = 1
    return s
}
function arguments(s,   lead, rest, end, w, n) {
    if (hasuser) return M
    lead = indent(s); rest = substr(s, length(lead) + 1); end = ""
    if (goeson(s)) { rest = substr(rest, 1, length(rest) - 1); end = "\\" }
    if (!issecret) return seen(s)
    if (rest ~ /^["\047 \t]*$/) return s
    match(rest, /^[^ \t]*/); n = RLENGTH; w = substr(rest, 1, n)
    if (w !~ /^["\047]*(--|$)/) {
        rest = substr(rest, n + 1)
        match(w, /^["\047]*/); lead = lead substr(w, 1, RLENGTH)
        match(w, /["\047]*$/); rest = substr(w, RSTART, RLENGTH) rest
        rest = (isrequired ? strength(strip(w)) : "***") rest
    }
    return seen(lead rest end)
}
# Environment= 逐个变量：不认识的只留名；拆不开的返回空
function taken(v,   out, w, n) {
    if (goeson(v)) v = substr(v, 1, length(v) - 1)
    out = ""; istaken = !phrase(v); if (!istaken) return ""
    while (v != "") {
        if (!match(v, VARIABLE) || RLENGTH < 1) { istaken = v ~ /^[ \t]*$/; return out }
        w = trim(substr(v, 1, RLENGTH)); v = substr(v, RLENGTH + 1)
        n = w; sub(/^["\047]+/, "", n); sub(/=.*/, "", n)
        out = out (out == "" ? "" : " ") (known(n) ? w : n "=" M)
    }
    return out
}
function environment(v, hidden,   out) {
    if (!startapart && onlyknown(v)) { startkept = 1; return v }
    out = taken(v); startapart = 1; startkept = istaken
    return istaken ? out : M hidden
}
function started(s,   t, n, v, w, tail) {
    t = trim(s)
    if (t ~ /^[#;]/) return indent(s) "#"
    if (cont) {
        if (t == "") return s
        if (maybeany) return M served(t)
        if (startenv && startkept) return environment(s, spoken(t))
        return iscommand ? (startkept ? arguments(s) : M) : startkept ? s : endless(t) M spoken(t)
    }
    startkept = 0; iscommand = 0; startenv = 0; startapart = 0; maybeany = 0
    if (t == "" || t ~ /^\[[A-Za-z-]+\]$/) return s
    if (t ~ /^\[/) return indent(s) "[" endless(t) M spoken(t)
    if (match(t, /^(export[ \t]+)?[A-Za-z_][A-Za-z0-9_]*[ \t]*=/)) {
        w = substr(t, 1, RLENGTH); v = substr(t, RLENGTH + 1); tail = s; sub(/^.*[^ \t]/, "", tail)
        if (tolower(w) ~ /^execstart[ \t]*=$/) return indent(s) command(w, v, tail)
        n = substr(w, 1, length(w) - 1); sub(/^export[ \t]+/, "", n); n = trim(n)
        startenv = n == "Environment"
        if (startenv) return indent(s) w environment(v tail, spoken("=" v))
        startkept = known(n) || keeps("start", n)
        return indent(s) w (startkept ? v tail : v == "" ? M : endless(v) M spoken("=" v))
    }
    return indent(s) endless(t) M spoken(t)
}
# 内核的启动参数：只留审计开关
function booted(s,   i, n, w, v, out) {
    s = trim(s); out = ""
    if (substr(s, 1, 1) == "#") return "#"
    if (s == "") return s
    n = split(s, w, /[ \t]+/)
    for (i = 1; i <= n; i++) {
        v = w[i]
        if (!sub(/^["\047]?audit=/, "", v) && !sub(/^["\047]?[A-Za-z_]+=["\047]?audit=/, "", v)) v = M
        else { sub(/["\047]$/, "", v); v = "audit=" (v ~ /^(0|1|on|off)?$/ ? v : M) }
        out = out (i > 1 ? " " : "") v
    }
    return out
}
function line(s) {
    if (kind == "cmdline") return booted(s)
    if (kind == "pam" || kind == "pamconf") return pam(s)
    if (kind == "sudo") return sudo(s)
    if (kind == "hba") return hba(s)
    if (kind == "rsyslog") return rsyslog(s)
    if (kind == "snmp") return snmp(s)
    if (kind == "redis") return redis(s)
    if (kind == "rotate") return rotate(s)
    if (kind == "wrapper") return wrapper(s)
    if (kind == "inet") return fields(s, 6)
    if (kind == "mount") return mounted(s)
    if (kind == "audit") return audit(s)
    if (kind == "lines") return shell(s)
    if (kind == "start") return started(s)
    if (kind == "unit" && s ~ /^[ \t]*[#;]/) return indent(s) "#"
    if (cont && trim(s) != "") return M
    return keyed(kind, s)
}
function islong(s, whole) { sub(/\\+$/, "", s); return s == whole }
BEGIN {
    LONG = "<行过长，已遮盖>"; M = "<已遮盖>"; MEND = M "[ \t]*$"
    n = split(KEEP, row, "|")
    for (i = 1; i <= n; i++) { m = split(row[i], part, " "); for (j = 2; j <= m; j++) K[part[1], tolower(part[j])] = 1 }
    m = "redis-server|valkey-server|keydb-server|mysqld|mariadbd|mysqld_safe|mariadbd-safe|postgres|postmaster|pg_ctl|pg_ctlcluster|nginx|openresty|tengine"
    servers = split(m, server, /[|]/); m = "(" m ")"
    path = "(/[^ \t\"" Q "\\\\]*/)?"
    SERVED = "^[ \t]*[-@:+!]*[\"" Q "]?" path m "[\"" Q "]?([ \t\\\\]|$)"
    word = "^[ \t]*[-@:+!]*(/usr)?/bin/(ba)?sh[ \t]+-c[ \t]+[\"" Q "]"
    GALERA = word "(set -f;[ \t]*)?[[] ! -e /usr/bin/galera_recovery []] && VAR=([ \t]|$)"
    EXECS = word "exec " path m "([ \t\"" Q "\\\\]|$)"
    m = "((ba|da|k|z)?sh|busybox|env|numactl|taskset|runuser|setpriv|su|sudo|chrt|nice|ionice|setsid|nohup|stdbuf|prlimit|unshare|chroot|timeout|flock|capsh|gosu|start-stop-daemon|systemd-run)"
    BORDER = "(^|[/ \t\"" Q "=;&|`(])"
    ANYONE = "^[ \t]*[-@:+!]*([\"" Q "]?" path m "[\"" Q "]?([ \t\\\\]|$)|[\"" Q "]?[$]|" M "|\\\\)"
    VARIABLE = "[A-Za-z_][A-Za-z0-9_]*="
    VARIABLE = "^[ \t]*(" VARIABLE "([^ \t\"" Q "\\\\]|\"[^\"\\\\]*\"|" Q "[^" Q "\\\\]*" Q ")*|\"" VARIABLE "[^\"\\\\]*\"|" Q VARIABLE "[^" Q "\\\\]*" Q ")([ \t]+|$)"
    CLOSED = "^([^\"" Q "\\\\]|\\\\.|\"([^\"\\\\]|\\\\.)*\"|" Q "[^" Q "\\\\]*" Q ")*([ \t]#.*)?\\\\?$"
    PROGRAM = "^[A-Za-z0-9_.-]+$"; TAG = "^[][A-Za-z0-9_./:-]+$"
    BROKEN = "[\"" M
    systemd = kind == "unit" || kind == "start"
    continues = index(" pam pamconf sudo hba rsyslog unit journal start ", " " kind " ") > 0
}
{ sub(/\r$/, "") }
NR == 1 && kind == "mysql" && /^[ \t]*\{/ { isjson = 1 }
kind == "nginx" || kind == "xml" || isjson { a = a $0 "\n"; next }
kind == "plain" { print; next }
{
    shown = length($0) > 16384 || islong($0, LONG) ? LONG : systemd && (islong($0, BROKEN) || /\r|^[ \t]*\.include[ \t]/) ? BROKEN : line($0)
    more = continues && (systemd ? goeson($0) : /\\$/)
    if (more && shown !~ /\\$/) shown = shown "\\"
    if (!systemd || !/^[ \t]*[#;]/) cont = more
    print shown
}
END { if (kind == "nginx") printf "%s", nginx(a); else if (kind == "xml") printf "%s", xml(a); else if (isjson) printf "%s", json(a) }

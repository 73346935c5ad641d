#include "mail/letter_links.h"

#include <algorithm>
#include <array>
#include <cstdint>

#include "mail/letter_charset.h"

namespace wujin::mail {
namespace {

constexpr std::size_t most_written_links = 50;
constexpr std::size_t longest_link = 2000;

// `path` is how it begins; a host with a dot in front stands for all below it.
struct Store {
  std::string_view host;
  std::string_view path;
};
constexpr std::array stores = {
    // QQ and Tencent's company mail
    Store{"mail.qq.com", "/cgi-bin/ftn"},
    Store{"mail.qq.com", "/ftn/"},
    Store{".mail.qq.com", "/cgi-bin/ftn"},
    Store{".mail.qq.com", "/ftn/"},
    Store{"exmail.qq.com", "/cgi-bin/ftn"},
    Store{"exmail.qq.com", "/ftn/"},
    Store{".ftn.qq.com", "/"},
    // NetEase: 163, 126, yeah and its company mail
    Store{"u.163.com", "/"},
    Store{"fs.163.com", "/"},
    Store{"mail.163.com", "/large-attachment-download"},
    Store{"mail.126.com", "/large-attachment-download"},
    Store{"mail.yeah.net", "/large-attachment-download"},
    Store{"dashi.163.com", "/html/cloud-attachment-download"},
    Store{"qiye.163.com", "/large-attachment-download"},
    Store{".qiye.163.com", "/"},
    // Aliyun
    Store{"mail.aliyun.com", "/alimail/openlinks"},
    Store{"qiye.aliyun.com", "/alimail/openlinks"},
    Store{"www.aliyundrive.com", "/s/"},
    Store{"www.alipan.com", "/s/"},
    // China Mobile, Telecom, Unicom
    Store{"mail.10086.cn", "/"},
    Store{".mail.10086.cn", "/"},
    Store{"yun.139.com", "/"},
    Store{"caiyun.139.com", "/"},
    Store{".mail.139.com", "/"},
    Store{"cloud.189.cn", "/"},
    Store{"mail.189.cn", "/"},
    Store{"pan.wo.cn", "/"},
    // Sina, Sohu
    Store{"mail.sina.com.cn", "/filecenter"},
    Store{".mail.sina.com.cn", "/filecenter"},
    Store{"mail.sohu.com", "/bapp"},
    // public stores and shared documents
    Store{"pan.baidu.com", "/s"},
    Store{"yun.baidu.com", "/s"},
    Store{"share.weiyun.com", "/"},
    Store{"docs.qq.com", "/"},
    Store{"www.kdocs.cn", "/"},
    Store{"kdocs.cn", "/"},
    Store{".feishu.cn", "/file"},
    Store{"pan.quark.cn", "/s/"},
};

bool is_host(std::string_view host, std::string_view listed) {
  return listed.starts_with('.') ? host.ends_with(listed) && host.size() > listed.size() : host == listed;
}

// To white space, a quote, a bracket or the first Chinese character.
std::string_view link_at(std::string_view rest) {
  const auto end = std::ranges::find_if(rest, [](char c) {
    return c <= ' ' || c >= 0x7F || std::string_view("\"'<>()[]{}|\\^`").find(c) != std::string_view::npos;
  });
  std::string_view link = rest.substr(0, static_cast<std::size_t>(end - rest.begin()));
  while (!link.empty() && std::string_view(".,;:!?").find(link.back()) != std::string_view::npos) link.remove_suffix(1);
  return link;
}

}  // namespace

bool is_cloud_link(std::string_view url) {
  const std::string address = lower(url.substr(0, longest_link));
  std::string_view rest = address;
  if (rest.starts_with("https://")) {
    rest.remove_prefix(8);
  } else if (rest.starts_with("http://")) {
    rest.remove_prefix(7);
  } else {
    return false;
  }
  const auto slash = std::min(rest.find_first_of("/?#"), rest.size());
  std::string_view host = rest.substr(0, slash), path = rest.substr(slash);
  if (host.find('@') != std::string_view::npos) return false;  // pretends to be another host
  host = host.substr(0, host.find(':'));
  if (!path.starts_with('/')) path = "/";
  return std::ranges::any_of(stores,
                             [&](const Store& store) { return is_host(host, store.host) && path.starts_with(store.path); });
}

void add_cloud_links(std::string_view text, std::vector<std::string>& links) {
  for (auto at = text.find("://"); at != std::string_view::npos && links.size() < most_written_links;
       at = text.find("://", at + 3)) {
    for (const std::size_t scheme : {5U, 4U}) {
      if (at < scheme || !lower(text.substr(at - scheme, scheme)).starts_with("http")) continue;
      const std::string link(link_at(text.substr(at - scheme, longest_link)));
      if (is_cloud_link(link) && std::ranges::find(links, link) == links.end()) links.push_back(link);
      break;
    }
  }
}

}  // namespace wujin::mail
